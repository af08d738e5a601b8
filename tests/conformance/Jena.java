// Apache Jena's answers: java -cp 'libs/*' Jena.java GRAPH.nt SECONDS < questions.json > answers.json
// questions: {name: SPARQL}; answers: {name: {columns, rows, milliseconds}} of text, or {name: {error}} where it
// refuses a question or has no answer after so many seconds.
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.jena.atlas.json.JSON;
import org.apache.jena.atlas.json.JsonArray;
import org.apache.jena.atlas.json.JsonObject;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.ResultSet;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.RDFNode;
import org.apache.jena.riot.RDFDataMgr;

public class Jena {
    public static void main(String[] arguments) throws Exception {
        Model graph = RDFDataMgr.loadModel(arguments[0]);
        long seconds = Long.parseLong(arguments[1]);
        JsonObject questions = JSON.parse(System.in);
        JsonObject answers = new JsonObject();
        for (String name : questions.keys()) {
            answers.put(name, answer(graph, questions.getString(name), seconds));
            System.err.println(name);
        }
        System.out.write(answers.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static JsonObject answer(Model graph, String text, long seconds) {
        JsonObject found = new JsonObject();
        long started = System.nanoTime();
        var asked = QueryExecution.model(graph).timeout(seconds, TimeUnit.SECONDS);
        try (QueryExecution execution = asked.query(text).build()) {
            ResultSet results = execution.execSelect();
            JsonArray columns = new JsonArray();
            results.getResultVars().forEach(columns::add);
            JsonArray rows = new JsonArray();
            results.forEachRemaining(solution -> {
                JsonArray row = new JsonArray();
                results.getResultVars().forEach(column -> row.add(text(solution.get(column))));
                rows.add(row);
            });
            found.put("columns", columns);
            found.put("rows", rows);
            found.put("milliseconds", (System.nanoTime() - started) / 1_000_000);
        } catch (QueryCancelledException error) {
            found.put("error", "no answer in " + seconds + " seconds");
        } catch (QueryException error) {
            found.put("error", String.valueOf(error.getMessage()));
        }
        return found;
    }

    private static String text(RDFNode node) {
        if (node == null) {
            return "";
        }
        return node.isLiteral() ? node.asLiteral().getLexicalForm() : node.toString();
    }
}
