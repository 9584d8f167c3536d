package io.throughline.api.console.cases;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseFile;
import io.throughline.domain.intervention.CasePolicies;
import java.time.Instant;

/** Tells cases as lists show them; whose they are says the policy in force. */
public final class CaseRows {
    private final CasePolicies policies;

    public CaseRows(CasePolicies policies) {
        this.policies = policies;
    }

    public CaseRow of(Case found, Moments moments) {
        return row(found, status(found, moments.now()), "", moments);
    }

    public CaseRow of(CaseFile file, Moments moments) {
        Case found = file.about();
        Badge status = file.snoozed(moments.now()) ? new Badge("Asleep", Tone.QUIET) : status(found, moments.now());
        return row(found, status, file.assignee().orElse(""), moments);
    }

    private CaseRow row(Case found, Badge status, String assignee, Moments moments) {
        return new CaseRow(
                found.id().value(),
                Subjects.ofCase(found.id().value()),
                Words.of(found.code()),
                found.subject(),
                Subjects.address(found.subject()),
                found.step(),
                found.account().value(),
                found.detail(),
                status,
                Words.of(policies.at(moments.now()).owner(found.code())),
                assignee,
                moments.of(found.openedAt()),
                moments.of(found.dueAt()),
                urgency(found, moments.now()));
    }

    private static Badge status(Case found, Instant now) {
        return new Badge(Words.of(found.status()), Tone.of(found, now));
    }

    private static Tone urgency(Case found, Instant now) {
        Tone tone = Tone.of(found, now);
        return tone == Tone.WAITING && !found.atRisk(now) ? Tone.QUIET : tone;
    }
}
