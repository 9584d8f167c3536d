package io.throughline.api.intervention;

import io.throughline.api.http.CleanText;
import io.throughline.api.http.Limit;
import io.throughline.api.http.Parameters;
import io.throughline.api.http.YesOrNo;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseFiles.Search;
import io.throughline.domain.intervention.CaseFiles.Sequence;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.ServiceLevel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which cases are asked for, by the parameters of a query. What is left out does not matter. */
record CaseQuery(
        @Nullable String status,
        @Nullable String code,
        @Nullable String owner,
        @Nullable String assignee,
        @Nullable String sla,
        @Nullable String account,
        @Nullable String fingerprint,
        @Nullable String snoozed,
        @Nullable String text,
        @Nullable String limit) {
    private static final int LONGEST = 200;

    /** Empty: the group that is asked about has no case of the code that is asked about. */
    Optional<Search> read(CasePolicy policy) {
        Optional<Set<FailureCode>> coded = Parameters.optional("code", code, FailureCode::valueOf, "a failure code")
                .map(Set::of);
        Optional<Set<FailureCode>> owned = Parameters.optional(
                "owner",
                owner,
                name -> ownedBy(name, policy),
                "one of the groups " + new TreeSet<>(policy.groups().keySet()));
        Set<FailureCode> codes = coded.or(() -> owned).orElseGet(Set::of).stream()
                .filter(one -> owned.map(all -> all.contains(one)).orElse(true))
                .collect(Collectors.toSet());
        return codes.isEmpty() && (coded.isPresent() || owned.isPresent())
                ? Optional.empty()
                : Optional.of(search(codes));
    }

    private Search search(Set<FailureCode> codes) {
        return new Search(
                Parameters.optional(
                        "status", status, CaseStatus::valueOf, "one of " + Arrays.toString(CaseStatus.values())),
                codes,
                Parameters.optional("account", account, AccountId::of, "an account id"),
                Parameters.optional("assignee", assignee, CaseQuery::words, "up to " + LONGEST + " characters"),
                Parameters.optional(
                        "sla", sla, ServiceLevel::valueOf, "one of " + Arrays.toString(ServiceLevel.values())),
                Parameters.optional("snoozed", snoozed, YesOrNo::of, YesOrNo.RULE),
                Parameters.optional("fingerprint", fingerprint, Fingerprint::new, "16 digits of 0-9 and a-f"),
                Parameters.optional("text", text, CaseQuery::words, "up to " + LONGEST + " characters"),
                Sequence.NEWEST_FIRST,
                Limit.of(limit));
    }

    private static Set<FailureCode> ownedBy(String name, CasePolicy policy) {
        if (!policy.groups().containsKey(name)) {
            throw new IllegalArgumentException(name);
        }
        return policy.codesOf(name);
    }

    private static String words(String text) {
        if (text.isBlank() || text.length() > LONGEST || !CleanText.isClean(text)) {
            throw new IllegalArgumentException("unfit");
        }
        return text.strip();
    }
}
