-- What rules share. Amounts are yuan; a quantum is one unit in the last printed place, in yuan.

-- Text for comparing: half width, no white space, one kind of bracket and quote.
CREATE MACRO folded(t) AS regexp_replace(
  translate(replace(t, '其它', '其他'), '０１２３４５６７８９（）［］：，；％．＋－“”‘’「」〔〕【】', '0123456789()[]:,;%.+-""''''""()()'), '\s', '', 'g');

-- A name for comparing: folded, without quotes, without what stands in brackets, without a closing 支出.
CREATE MACRO name_of(t) AS regexp_replace(
  regexp_replace(regexp_replace(folded(t), '\([^()]*\)', '', 'g'), '["'']', '', 'g'), '^(.{2,}?)(支出)?$', '\1');

-- What a code is called, for comparing: folded, without list number, brackets, quotes and a closing 类, 款, 项 or 科目.
CREATE MACRO called_whole(t) AS regexp_replace(regexp_replace(regexp_replace(folded(t),
  '^[一二三四五六七八九十0-9]+[、.]|^其中:|^\([一二三四五六七八九十0-9]+\)', ''), '\([^()]*\)|[()"''、,，·-]', '', 'g'), '(类|款|项|科目)$', '');

-- The same without a closing 支出 or 费用 too.
CREATE MACRO called(t) AS regexp_replace(called_whole(t), '^(.{2,}?)(支出|费用?)?$', '\1');

-- Two printed names of a code are one when they are the same for comparing, or one is the other cut short (at least four characters).
CREATE MACRO same_name(a, b) AS called(a) = called(b) OR (length(called(a)) >= 4 AND starts_with(called_whole(b), called_whole(a)))
  OR (length(called(b)) >= 4 AND starts_with(called_whole(a), called_whole(b)));

CREATE MACRO decimals(printed) AS length(regexp_extract(replace(printed, '．', '.'), '[.]([0-9]+)', 1));

CREATE MACRO yuan_of(unit) AS CASE unit
  WHEN '元' THEN 1 WHEN '千元' THEN 1000 WHEN '万元' THEN 10000 WHEN '万' THEN 10000
  WHEN '百万元' THEN 1000000 WHEN '亿元' THEN 100000000 WHEN '亿' THEN 100000000 ELSE 1 END;

CREATE MACRO quantum_of(printed, unit) AS yuan_of(unit) * power(10, -decimals(printed));

-- The phase that a filing's own figures are of.
CREATE MACRO phase_of(phase) AS CASE phase WHEN 'final' THEN 'executed' ELSE 'approved' END;

-- Two prints of one amount agree when they differ by no more than one unit in the last place of the coarser.
CREATE MACRO same_amount(a, quantum_a, b, quantum_b) AS abs(a - b) <= greatest(quantum_a, quantum_b) + 0.000001;

-- A figure of the prose printed with fewer places than its filing prints is a rounded one: half a unit of its own.
CREATE MACRO rounded_amount(told, own_quantum, printed) AS abs(told - printed) <= own_quantum / 2 + 0.000001;

-- One of two amounts is the other in another unit of money: 元 for 万元 and the like.
CREATE MACRO unit_slip(a, b) AS a > 0 AND b > 0 AND (
  abs(a / b / 10000 - 1) < 0.005 OR abs(b / a / 10000 - 1) < 0.005 OR abs(a / b / 1000 - 1) < 0.00001
  OR abs(b / a / 1000 - 1) < 0.00001 OR abs(a / b / 100000000 - 1) < 0.005 OR abs(b / a / 100000000 - 1) < 0.005);

-- How much of the shorter of two texts the other holds, by pairs of characters: 0 none, 1 all.
CREATE MACRO pairs_of(t) AS list_distinct(list_transform(range(1, greatest(length(t), 1)), lambda i: substr(t, i::INTEGER, 2)));
CREATE MACRO alike(a, b) AS CASE WHEN length(a) < 2 OR length(b) < 2 THEN 0 ELSE
  len(list_intersect(pairs_of(a), pairs_of(b)))::DOUBLE / least(len(pairs_of(a)), len(pairs_of(b))) END;

-- How many characters of the shorter of two texts the other holds: 0 none, 1 all.
CREATE MACRO letters_alike(a, b) AS CASE WHEN a = '' OR b = '' THEN 0 ELSE
  len(list_intersect(list_distinct(string_split(a, '')), list_distinct(string_split(b, ''))))::DOUBLE
  / least(len(list_distinct(string_split(a, ''))), len(list_distinct(string_split(b, '')))) END;

-- The characters of an agency's name, the party's written short.
CREATE MACRO letters_of_agency(t) AS list_distinct(string_split(replace(replace(t, '中国共产党', '中共'), '委员会', '委'), ''));
