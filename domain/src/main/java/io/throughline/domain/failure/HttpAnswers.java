package io.throughline.domain.failure;

import java.time.Duration;

/** What the status of an answer over HTTP means, of systems that keep to the usual ones. */
public final class HttpAnswers {
    private HttpAnswers() {}

    /**
     * Comes back for 2xx, and for a plain refusal (another 4xx), which the caller reads.
     *
     * @param said who has answered what, for people
     * @param changes the call may have changed something where its answer is none
     * @param wait how long a limited caller stays away
     * @throws SystemFailure RATE_LIMITED, CREDENTIAL_REFUSED, SYSTEM_ERROR or REPLY_UNREADABLE
     */
    public static void require(String said, int status, boolean changes, Duration wait) {
        if (status == 429) {
            throw SystemFailure.rateLimited(said, wait);
        }
        if (status == 401 || status == 403) {
            throw SystemFailure.withoutEffect(FailureCode.CREDENTIAL_REFUSED, said, null);
        }
        if (status == 408 || status >= 500) {
            throw SystemFailure.of(FailureCode.SYSTEM_ERROR, said, changes, null);
        }
        if (status < 200 || (status >= 300 && status < 400)) {
            throw SystemFailure.of(FailureCode.REPLY_UNREADABLE, said, changes, null);
        }
    }
}
