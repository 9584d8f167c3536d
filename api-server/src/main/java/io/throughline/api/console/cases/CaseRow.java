package io.throughline.api.console.cases;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.domain.intervention.Case;

/** A case as lists show it. */
public record CaseRow(
        String id,
        String address,
        String cause,
        String subject,
        String subjectAddress,
        String step,
        String account,
        String detail,
        Badge status,
        String owner,
        Moment opened,
        Moment due,
        Tone urgency) {
    public static CaseRow of(Case found, Moments moments) {
        return new CaseRow(
                found.id().value(),
                address(found),
                Words.of(found.code()),
                found.subject(),
                Subjects.address(found.subject()),
                found.step(),
                found.account().value(),
                found.detail(),
                status(found, moments),
                Words.of(found.code().owner()),
                moments.of(found.openedAt()),
                moments.of(found.dueAt()),
                urgency(found, moments));
    }

    static String address(Case found) {
        return "/console/cases/" + found.id();
    }

    private static Badge status(Case found, Moments moments) {
        return new Badge(Words.of(found.status()), Tone.of(found, moments.now()));
    }

    private static Tone urgency(Case found, Moments moments) {
        Tone tone = Tone.of(found, moments.now());
        return tone == Tone.WAITING && !found.atRisk(moments.now()) ? Tone.QUIET : tone;
    }
}
