package io.throughline.api.console.cases;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.domain.intervention.CaseFiles.Group;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.money.Money;
import java.util.stream.Collectors;

/** All open cases that have one cause, as one line. */
public record CauseRow(
        String cause,
        String address,
        String step,
        String detail,
        String owner,
        int cases,
        int overdue,
        int snoozed,
        String atStake,
        Moment oldest,
        Moment firstDue,
        Tone urgency) {
    public static CauseRow of(Group group, CasePolicy policy, Moments moments) {
        return new CauseRow(
                Words.of(group.code()),
                address(group.cause().value()),
                group.step(),
                group.detail(),
                Words.of(policy.owner(group.code())),
                group.cases(),
                group.overdue(),
                group.snoozed(),
                group.atStake().stream().map(Money::toString).collect(Collectors.joining(", ")),
                moments.of(group.oldest()),
                moments.of(group.firstDue()),
                group.overdue() > 0 ? Tone.BAD : Tone.QUIET);
    }

    static String address(String fingerprint) {
        return "/console/causes/" + fingerprint;
    }
}
