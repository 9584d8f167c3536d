package io.throughline.api.console.cases;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Cases.Cause;

/** All open cases that have one cause, as one line. */
public record CauseRow(
        String cause,
        String address,
        String account,
        String owner,
        int cases,
        int overdue,
        Moment oldest,
        Moment firstDue,
        Tone urgency) {
    public static CauseRow of(Cause cause, Moments moments) {
        return new CauseRow(
                Words.of(cause.code()),
                address(cause.code(), cause.account()),
                cause.account().value(),
                Words.of(cause.code().owner()),
                cause.cases(),
                cause.overdue(),
                moments.of(cause.firstOpenedAt()),
                moments.of(cause.firstDueAt()),
                cause.overdue() > 0 ? Tone.BAD : Tone.QUIET);
    }

    static String address(FailureCode code, AccountId account) {
        return "/console/cases?code=" + code + "&account=" + account;
    }
}
