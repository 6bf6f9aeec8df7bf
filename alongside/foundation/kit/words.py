"""Words that blame, and what to say instead. Scanned in every interface string; a quiet hint while writing notes.

Her own quoted words stay as she said them. Service names stay.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Avoided:
    """`pattern` matches whole words without regard to case."""

    pattern: str
    instead: str

    def found_in(self, text: str) -> list[str]:
        return [match.group(0) for match in re.finditer(rf"\b(?:{self.pattern})\b", text, re.IGNORECASE)]


AVOIDED: tuple[Avoided, ...] = (
    Avoided(r"prostitut\w*|hookers?|working girls?", 'woman; if needed "involved in street sex work"'),
    Avoided(r"child prostitut\w*", "child who was sexually exploited"),
    Avoided(r"chaotic", 'what is happening: "three moves this month, no phone"'),
    Avoided(r"refused|declined support|refuses", 'her: "she decided not to, now"; service: "said no because ..."'),
    Avoided(r"fail(?:ed|s|ure)? to attend|DNA|non-?complian\w*", '"we did not see her"; "the time did not work: ..."'),
    Avoided(r"fail(?:ed|s|ure)? to engage|won't engage|hard[- ]to[- ](?:reach|engage)", '"not in touch with us"'),
    Avoided(r"dropped out|drop-?outs?|absconded|abandoned|evicted for behaviour", '"left before the end"; "moved on"'),
    Avoided(r"clean|dirty", '"not using now"; test "negative" or "positive"'),
    Avoided(r"addicts?|junkies?|junky|users?|abusers?|substance misuse", '"woman who uses crack"'),
    Avoided(r"relapsed?|relapses", '"started using again", with what came before'),
    Avoided(r"vulnerable|complex needs|high[- ]risk|prolific", 'the risk or the count: "arrested 12 times in 2025"'),
    Avoided(r"manipulative|attention-seeking|in denial|challenging behaviour", 'what she did; "she disagrees"'),
    Avoided(r"punters?|pimps?", '"man who paid"; "man she says takes her money"'),
    Avoided(r"domestic disputes?|mutual violence", "who did what to whom, as she said it"),
    Avoided(r"the homeless|rough sleepers?", '"woman sleeping outside"; "no safe place tonight"'),
    Avoided(r"success case|failure case", '"not selling sex since ..., as far as we know", and how we know'),
    Avoided(r"clients?|(?<!in )(?<!lower )cases?|caseloads?", "woman; her file; women I work with"),
    Avoided(r"victims?", '"woman who was ..."; survivor only if she says it'),
)


def hints(text: str) -> list[tuple[str, str]]:
    """(word found, what to say instead) in the order of the list."""
    return [(word, each.instead) for each in AVOIDED for word in each.found_in(text)]
