"""One paragraph read word by word: which figure is said of what."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.read.codes import FUNCTIONS
from yusuan.read.grid import Span
from yusuan.read.lexicon import Token
from yusuan.read.statement import Context, Statement
from yusuan.read.text import squeeze

if TYPE_CHECKING:
    from yusuan.read.prose import ProseReader

_LABEL = 40
_REASON = 60
_PLANNED = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算(?:数)?$")
_NEXT_REASON = re.compile(r"(?:其)?[二三四五六七八九]是|其[二三四五]|另[一外]|[（(]?[2-9][）).．、]")

_FREE = frozenset({"", "work", "goal", "reason", "detail"})
_COUNTED = re.compile(r"(?:数|量|共|计|约|为|有|了)*[0-9,]+个?[批人次辆台家个项名]")
_OTHER_NOUN = re.compile(r"(?<=[个家])(?![和及与或比较其中共以并均为])[一-龥]")
_LEADS = re.compile(r"(?:预算|决算|支出|收入|经费|资金|安排|增加|减少|增长|下降|合计|数|费|为|是|共|约|了)*")


class Paragraph:
    """The state of reading one paragraph: the terms named so far, the frame of the next figure, the cues in force."""

    def __init__(self, reader: ProseReader, span: Span, context: Context) -> None:
        self.reader = reader
        self.span = span
        self.folded = span.folded
        self.text = self.folded.text
        self.context = context
        self.base = reader.base(context)
        self.out: list[Statement] = []
        self.frame: dict[str, str] = {}
        self.terms: dict[str, str] = {}
        self.fresh = False
        self.broken = True
        self.whole: dict[str, str] = {}
        self.reasoning = False
        self.planned = False
        self.term_at = -1
        self.name_end = 0
        self.inside: list[tuple[int, int]] = []
        self.basis = ""
        self.change: Token | None = None
        self.completion = ""
        self.share_terms: dict[str, str] | None = None
        self.phase = ""
        self.dated = 0
        self.prior = ""
        self.using = False
        self.clause = 0
        self.last_number_end = 0
        self.named_until = 0
        self.counting = ""

    def run(self) -> list[Statement]:
        """Its statements, in order; the context learns what later paragraphs need."""
        for token in self.reader.lexicon.tokens(self.text, self._names_first()):
            handler = getattr(self, f"_on_{token.kind.replace('-', '_')}", None)
            if handler is not None:
                handler(token)
        return self.out

    def _names_first(self) -> bool:
        """Whether names of economic classes win over the same words for items: where the form lists them."""
        form = self.reader.forms.by_id.get(self.context.form)
        return form is not None and "economics" in form.rows and "items" not in form.rows

    # --- boundaries

    def _on_break(self, token: Token) -> None:
        self.broken = True
        if token.text in "，、":
            self.change = None
            if token.text == "，":
                self.share_terms = None
        if token.text in "，；。：:,":
            self.clause = token.end

    def _on_stop(self, token: Token) -> None:
        if self.fresh and token.text == "。" and not self.out:
            self.frame = self._framed()
        self.broken = True
        self.change = None
        self.share_terms = None
        self.completion = ""
        self.using = False
        self.reasoning = self.reasoning and _NEXT_REASON.match(self.text, token.end) is not None
        self.phase = ""
        self.dated = 0
        self.prior = ""
        self.counting = ""
        self.clause = token.end
        if token.text != "；":
            self.basis = ""
        self.terms = {}
        self.fresh = False

    # --- what is spoken of

    def _on_term(self, token: Token) -> None:
        if token.start < self.named_until or (self.using and not self._counts(token)):
            return
        coordinates = self._as_planned(self._in_section(token))
        if self.share_terms is not None:
            self.share_terms.update(coordinates)
            return
        if self._goes_on(token, coordinates):
            self.name_end = token.end
            return
        if self.broken or self.last_number_end > self.term_at:
            self.terms = {}
        if "form" in coordinates and "subject" not in coordinates:
            self.terms.pop("subject", None)
        if self.reader.phase == "executed" and _PLANNED.search(token.text):
            self.phase = "approved"
        self.terms.update(coordinates)
        self.fresh = True
        self.broken = False
        self.term_at = token.start
        self.name_end = token.end
        self.inside = [(token.start, token.end)] if re.search("[0-9]", token.text) else []

    def _goes_on(self, token: Token, coordinates: dict[str, str]) -> bool:
        """Whether a term says only whose money a counted thing is: 绩效目标的项目|支出预算, 项目6个，涉及|财政拨款."""
        if "subject" in coordinates:
            carried = self.frame.get("subject", "")
            return not self.fresh and token.text.startswith("涉及") and carried.startswith("performance")
        return self.fresh and "subject" in self.terms and token.start == self.name_end

    def _counts(self, token: Token) -> bool:
        """Whether a term names what is counted right behind it: 公务接待2批次."""
        return "subject" in token.coordinates and _COUNTED.match(self.text, token.end) is not None

    def _in_section(self, token: Token) -> dict[str, str]:
        """Coordinates of a term; 收入总计 in a section on the balance is the total of its side, not of all revenue."""
        coordinates = dict(token.coordinates)
        total = token.text.endswith(("总计", "总额", "总预算"))
        if total and self.base.get("form") == "balance" and coordinates.get("form") in {"revenue", "expenditure"}:
            coordinates["form"] = "balance"
        return coordinates

    def _as_planned(self, coordinates: dict[str, str]) -> dict[str, str]:
        """What a sentence of purchases goes on to name is to be bought too."""
        subject = coordinates.get("subject", "")
        if subject.endswith("-planned"):
            self.planned = True
        elif self.planned and f"{subject}-planned" in self.reader.subjects:
            return {**coordinates, "subject": f"{subject}-planned"}
        return coordinates

    def _on_function(self, token: Token) -> None:
        if self.using:
            return
        concept = self.reader.function(token.text, self.context)
        self.terms = {"function": concept.id} if concept else {"unresolved": token.text}
        self.fresh = True
        self.broken = False
        self.term_at = token.start
        self.name_end = token.end
        self.frame = self._framed()
        if concept and concept.level == 1:
            self.context.function = concept.code
        self.basis = ""

    def _on_code(self, token: Token) -> None:
        concept = self.reader.codes.concept(token.text, "", self.reader.year)
        name = re.match(r"[-]?([一-龥（）、]+)", self.text[token.end :])
        if concept is None and name:
            concept = self.reader.codes.concept(token.text, name.group(1), self.reader.year)
        if concept is not None:
            self.terms = {"function" if concept.scheme == FUNCTIONS else "economic": concept.id}
            self.fresh = True
            self.broken = False
            self.term_at = token.start
        self.name_end = token.end

    def _framed(self) -> dict[str, str]:
        """The frame of a figure: the terms since the last break on top of the section's coordinates."""
        terms = dict(self.terms)
        if "unresolved" in terms:
            return {"unresolved": terms["unresolved"]}
        form = terms.get("form", "")
        if form in {"revenue", "expenditure"} and self.base.get("function"):
            del terms["form"]
        elif form and form != self.base.get("form"):
            defaults = dict(self.reader.forms.by_id[form].defaults) if form in self.reader.forms.by_id else {}
            return {**defaults, **terms}
        if not form and "subject" in terms:
            return terms
        return {**self.base, **self.whole, **terms}

    # --- cues

    def _on_within(self, token: Token) -> None:
        frame = self._framed() if self.fresh else self.frame
        self.whole = {k: v for k, v in frame.items() if k not in {"subject", "function"}}
        self.broken = True

    def _on_side(self, token: Token) -> None:
        """收入包括 and 支出包括: what follows is of that side of the whole, and of nothing named before."""
        self.frame = {}
        self.terms = {"direction": token.cue}
        self.whole = dict(self.terms)
        self.fresh = True
        self.broken = True

    def _on_basis(self, token: Token) -> None:
        self.basis = token.cue
        self.prior = token.cue

    def _on_change(self, token: Token) -> None:
        if self.using and not self.basis:
            return
        if token.cue == "0":
            self._same(token)
            return
        self.change = token
        self.prior = ""

    def _on_share(self, token: Token) -> None:
        self.share_terms = {}

    def _on_completion(self, token: Token) -> None:
        self.completion = token.cue
        self.phase = ""

    def _on_phase(self, token: Token) -> None:
        self.phase = token.cue

    def _on_prior_phase(self, token: Token) -> None:
        self.phase = token.cue
        self.dated = self.reader.year - 1

    def _on_date(self, token: Token) -> None:
        if named := re.match(r"(?:截至|至)?(20[0-9]{2})年?", token.text):
            self.dated = int(named.group(1))
        before = self.text[max(0, token.start - 3) : token.start]
        if before.endswith(("截至", "截止", "截止到", "截至到")):
            self.context.as_of = _day(token.text)

    def _on_use(self, token: Token) -> None:
        if token.text == "主要包括":
            self._on_within(token)
        else:
            self.using = True

    def _on_reason(self, token: Token) -> None:
        self.using = False
        self.reasoning = True
        self.broken = True
        end = next((i for i in range(token.end, len(self.text)) if self.text[i] in "。；"), len(self.text))
        start, stop = self.folded.source(token.end, end) if end > token.end else (0, 0)
        reason = squeeze(self.span.text[start:stop]).strip("：:，, ")[:_REASON]
        changes = [s for s in self.out if s.measure in {"change", "rate", "completion"}]
        for statement in changes:
            if reason and not statement.reason and statement.coordinates == changes[-1].coordinates:
                statement.reason = reason

    # --- figures

    def _on_money(self, token: Token) -> None:
        if re.match(r"（含）以|以上|以下", self.text[token.end :]):
            return
        if self.reasoning and not self._adjacent(token) and not self._named_in_reason(token):
            self._aside(token, "level" if self.change is None else "change")
        elif self.change is not None:
            self._emit(token, "change")
        else:
            self._emit(token, "level")

    def _adjacent(self, token: Token) -> bool:
        """Whether a word of change stands right before a figure, as in 比上年减少10万元, and nothing else changes."""
        if self.change is None or token.start - self.change.end > 2:
            return False
        return bool(self.basis) or self.fresh or self.change.start - self.clause < 2

    def _named_in_reason(self, token: Token) -> bool:
        """Whether a reason names the very thing, and not one that only ends so: 云平台租赁费 is no 租赁费."""
        begin = self.change.end if self.change and self.change.end <= self.term_at else self.clause
        alone = _LEADS.fullmatch(self.text, max(begin, self.last_number_end), self.term_at) is not None
        return self.fresh and alone and self._named_right_before(token)

    def _named_right_before(self, token: Token) -> bool:
        """Whether a name leads straight to a figure: 项目支出10万元, and not 纳入预算管理的10万元."""
        return _LEADS.fullmatch(self.text, self.name_end, token.start) is not None

    def _aside(self, token: Token, measure: str = "level", subject: str = "reason") -> None:
        """A figure said of nothing in the budget, within a reason or the whole of a share: kept as such."""
        frame, self.frame = self.frame, {"subject": subject}
        self.fresh = False
        self._emit(token, measure)
        self.frame = frame

    def _on_percent(self, token: Token) -> None:
        if self.completion:
            self._emit(token, "completion", basis=self.completion)
            self.completion = ""
        elif self.share_terms is not None:
            self._emit(token, "share", share_of=self._share_of())
            self.share_terms = None
        elif self.change is not None:
            self._emit(token, "rate")
        elif self.context.default_subject:
            self._emit(token, "share")

    def _on_count(self, token: Token) -> None:
        if self.reasoning and not self.fresh:
            self._aside(token, "count")
            return
        if self.share_terms is not None and not self.fresh:
            self._aside(token, "count", "detail")
            return
        if not self._named_before(token) and (named := self._named_after(token)) is not None:
            frame, self.terms, self.fresh = self.frame, dict(named.coordinates), True
            self.named_until = named.end
            self._emit(token, "count")
            self.frame = frame
            return
        subject = self._counted(self._framed() if self.fresh else self.frame, token)
        if subject and not self.reader.lexicon.fits(subject, token):
            subject = self.context.default_subject
            if not subject:
                return
        carried = not self.fresh and subject and subject == self.frame.get("subject")
        if carried and subject != self.context.default_subject and _OTHER_NOUN.match(self.text, token.end):
            return
        if subject or self.context.default_subject:
            measure = "score" if subject == "score" else "count" if self.change is None else "change"
            self._emit(token, measure, subject=subject)
            self.counting = subject
            if subject.startswith("performance"):
                self.frame = {"subject": subject}

    def _named_before(self, token: Token) -> bool:
        """Whether a name of what is counted leads to a count: 内设机构27个, and not 离退休干部处等21个."""
        return self.fresh and bool(self.terms.get("subject")) and self._named_right_before(token)

    def _named_after(self, token: Token) -> Token | None:
        """The term that names what is counted right behind the number: 4个内设机构, 1个行政单位."""
        following = next(self.reader.lexicon.tokens(self.text[token.end : token.end + _LABEL]), None)
        if following is None or following.kind != "term" or following.start or not following.coordinates.get("subject"):
            return None
        return replace(following, start=token.end, end=token.end + following.end)

    def _counted(self, frame: dict[str, str], token: Token) -> str:
        """What is counted, by the unit of the count: persons and batches of one item are told apart."""
        said = self.terms.get("subject", "") if self.fresh else frame.get("subject", "")
        known = self.reader.lexicon.counted
        for after in (self.counting, frame.get("item", ""), frame.get("form", ""), self.base.get("form", "")):
            if after and (becomes := known.get((after, said, token.cue))):
                return becomes
        return said

    def _on_bare(self, token: Token) -> None:
        if self.context.default_subject and re.search(r"(?:为|达|达到|是|：|:|≥|≤|>|<)$", self.text[: token.start]):
            self._emit(token, "count")
            return
        if not token.value and self.fresh and not self.terms.get("subject"):
            self._emit(token, "level")
        elif self.fresh and self.terms.get("subject") and not re.match(r"[年月日号条款]", self.text[token.end :]):
            self._emit(token, "count")

    def _same(self, token: Token) -> None:
        """持平 and its like: a change of nothing, in words."""
        if self.reasoning or not self.basis or self.basis == "initial-budget":
            return
        zero = replace(token, value=Decimal(0), unit="", cue="")
        self._emit(zero, "change")
        self.basis = ""

    def _emit(self, token: Token, measure: str, basis: str = "", share_of: str = "", subject: str = "") -> None:
        value, word = self._signed(token, measure)
        tokens = [(token.start, token.end)]
        named = self.fresh
        if (self.fresh and measure not in {"share", "completion", "rate"}) or not self.frame:
            self.frame = self._framed()
        self.fresh = False
        coordinates = self._of_fund({k: v for k, v in self.frame.items() if k != "unresolved"})
        if subject:
            coordinates["subject"] = subject
        elif not self.reader.lexicon.fits(coordinates.get("subject", ""), token):
            coordinates["subject"] = "detail"
        if self.context.project and "project" not in coordinates:
            coordinates["project"] = self.context.project
        if not coordinates.get("subject") and self.context.default_subject and not coordinates.get("form"):
            coordinates["subject"] = self.context.default_subject
        year, phase = self._when(measure)
        if not named and self._said_already(measure, coordinates, year, phase, value):
            coordinates["subject"] = "detail"
        self.out.append(
            Statement(
                measure=measure,
                value=value,
                printed=self._printed(token),
                unit=token.unit,
                coordinates=coordinates,
                span=self.span,
                start=token.start,
                end=token.end,
                tokens=tokens,
                inside=self.inside,
                word=word,
                basis=basis or (self._basis() if measure in {"change", "rate"} else ""),
                share_of=share_of,
                label=self._label(token),
                year=year,
                phase=phase,
                as_of=self.context.as_of if coordinates.get("subject") and not self.planned else "",
            )
        )
        self.last_number_end = token.end
        self.inside = []
        if measure in {"change", "rate"}:
            self.change = None if measure == "rate" else self.change
        self.prior = ""
        if measure == "level":
            self.phase = ""

    def _signed(self, token: Token, measure: str) -> tuple[Decimal, str]:
        """The value of a figure with the sign its word of change gives it, and that word."""
        value = token.value if token.value is not None else Decimal(0)
        if measure in {"change", "rate"} and self.change is not None:
            return (-abs(value) if self.change.cue == "-1" else value), self.change.text
        if measure == "change":
            return value, token.text
        return value, self._operator(token) if self.context.default_subject else ""

    def _of_fund(self, coordinates: dict[str, str]) -> dict[str, str]:
        """Coordinates with the form that a side and a fund alone mean, where neither words nor section name one."""
        if coordinates.keys() & {"form", "subject", "project"}:
            return coordinates
        form = self.reader.lexicon.forms_of_funds.get((coordinates.get("direction", ""), coordinates.get("fund", "")))
        return {"form": form, **coordinates} if form else coordinates

    def _said_already(self, measure: str, coordinates: dict[str, str], year: int, phase: str, value: Decimal) -> bool:
        """Whether the paragraph has said another figure of the same: one by a name not known is a detail of it."""
        told = "form" in coordinates if measure == "level" else coordinates.get("subject", "") not in _FREE
        return (
            told
            and measure in {"level", "count"}
            and any(
                (s.measure, s.year, s.phase, s.coordinates) == (measure, year, phase, coordinates) and s.value != value
                for s in self.out
            )
        )

    def _operator(self, token: Token) -> str:
        """The word of comparison beside a promised figure: 不少于 before it, 以上 after it."""
        before = re.search(r"(?:不少于|不低于|不超过|不高于|至少|至多|大于|小于|超过|≥|≤)$", self.text[: token.start])
        after = re.match(r"(?:及?以上|及?以下|以内)", self.text[token.end :])
        return before.group() if before else after.group() if after else ""

    def _printed(self, token: Token) -> str:
        start, end = self.folded.source(token.start, token.start + len(token.text))
        return squeeze(self.span.text[start:end])

    def _basis(self) -> str:
        return self.basis or "prior-year"

    def _when(self, measure: str) -> tuple[int, str]:
        if self.prior and measure == "level":
            return self.reader.year - 1, "executed" if self.prior == "prior-year-execution" else "approved"
        phase = self.phase or self.reader.phase
        if measure == "level" and self.dated and self.dated != self.reader.year and self.phase:
            return self.dated, phase
        return self.reader.year, phase if measure in {"level", "change"} else self.reader.phase

    def _share_of(self) -> str:
        terms = self.share_terms or {}
        for name in ("item", "nature"):
            if terms.get(name):
                return terms[name]
        if terms.get("form"):
            return terms["form"]
        if terms.get("fund") == "general":
            return "general-expenditure"
        if terms.get("fund") == "appropriation":
            return "appropriation-expenditure"
        return self.base.get("form", "") or self.whole.get("form", "")

    def _label(self, token: Token) -> str:
        begin = max(self.clause, self.last_number_end)
        start, end = self.folded.source(begin, token.start) if token.start > begin else (0, 0)
        label = squeeze(self.span.text[start:end]).strip('，。；：:、 "“”')
        return re.sub(r"^(?:[0-9]{1,2}|[（(][0-9]{1,2}[）)])[、.．\s]+", "", label)[-_LABEL:]


def _day(text: str) -> str:
    """The date a text names: its day, or the last day of its year or month."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)]
    year = numbers[0]
    month = numbers[1] if len(numbers) > 1 else 12
    if len(numbers) > 2:
        return datetime.date(year, month, numbers[2]).isoformat()
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1)).isoformat()
