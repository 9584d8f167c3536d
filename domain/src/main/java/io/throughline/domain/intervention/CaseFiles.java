package io.throughline.domain.intervention;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads cases with what people do about them, in PostgreSQL. */
public interface CaseFiles {
    Optional<CaseFile> find(CaseId id);

    List<CaseFile> list(Search search);

    /** The open cases by what they come from: the cause with the most cases first. */
    List<Group> groups(int limit);

    Optional<Group> group(Fingerprint cause);

    /** How many cases wait in the queue, by failure code: those that sleep are not in it. */
    List<Load> load();

    /** Open cases with one code, how many of them have used four fifths of their time, and how many should have been resolved by now. */
    record Load(FailureCode code, int cases, int atRisk, int overdue) {}

    /** The open cases of which somebody has heard that they are late, whether they sleep or not. */
    List<Escalated> escalated();

    /** So many open cases with one code of which so many groups have heard, one after the other. */
    record Escalated(FailureCode code, int groups, int cases) {}

    /** What happened to a case, in order: its entries in the trace of its subject. */
    List<Event> history(Case about);

    /** The last call that failed as the case tells. Empty: no system was asked, or not by an effect. */
    Optional<Exchange> exchange(Case about);

    /** What of the document that was refused can be amended, as far as it is known. */
    RefusedDocument document(Case about);

    /** The same for whoever has read the {@link #exchange} of the case already. */
    RefusedDocument document(Case about, Optional<Exchange> refused);

    /**
     * Which cases to list, at most {@code limit} (1 to 500). No codes: all of them. {@code text} is looked for in what was told of cases,
     * their subjects and their steps, and among the closed ones only if they are asked for.
     */
    record Search(
            Optional<CaseStatus> status,
            Set<FailureCode> codes,
            Optional<AccountId> account,
            Optional<String> assignee,
            Optional<ServiceLevel> serviceLevel,
            Optional<Boolean> snoozed,
            Optional<Fingerprint> cause,
            Optional<String> text,
            Sequence sequence,
            int limit) {
        public Search {
            codes = Set.copyOf(codes);
            if (limit < 1 || limit > 500) {
                throw new IllegalArgumentException("limit must be 1 to 500");
            }
        }
    }

    enum Sequence {
        NEWEST_FIRST,
        /** What should be resolved first comes first. */
        MOST_URGENT_FIRST
    }

    /** Open cases of one cause; {@code detail} is what the first of them tells, {@code atStake} how much all of them hold up. */
    record Group(
            Fingerprint cause,
            FailureCode code,
            String step,
            String detail,
            int cases,
            int snoozed,
            int overdue,
            Instant oldest,
            Instant firstDue,
            List<Money> atStake) {
        public Group {
            atStake = List.copyOf(atStake);
        }
    }

    /** {@code actor} is empty where nobody in particular did it; {@code words} are somebody's own and may name anybody. */
    record Event(Instant at, String kind, Optional<String> actor, String summary, Optional<String> words) {}

    /** What a system was asked and how it answered, without personal data. */
    record Exchange(
            AccountId account,
            OutsideSystem system,
            String operation,
            Optional<String> request,
            String answer,
            Instant at) {}
}
