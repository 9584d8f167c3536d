package io.throughline.api.account;

import io.throughline.api.problem.ProblemException;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.measure.FeedProgress;
import io.throughline.domain.measure.Workload;
import io.throughline.domain.reconciliation.Repairs;
import io.throughline.domain.reconciliation.Repairs.Repair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** Has accounts compared with what we know, and tells what that has found. */
public final class Comparing {
    private static final String TOPIC = "throughline/reconcile";
    private static final String ORDERS = "orders";
    private static final Duration SHOWN = Duration.ofHours(24);
    private static final int MOST_SHOWN = 500;

    private final Set<AccountId> accounts;
    private final Inbox inbox;
    private final Workload workload;
    private final Repairs repairs;
    private final Clock clock;

    /** {@code accounts} are those that are compared. */
    public Comparing(Set<AccountId> accounts, Inbox inbox, Workload workload, Repairs repairs, Clock clock) {
        this.accounts = Set.copyOf(accounts);
        this.inbox = inbox;
        this.workload = workload;
        this.repairs = repairs;
        this.clock = clock;
    }

    public List<AccountId> accounts() {
        return accounts.stream().sorted(Comparator.comparing(AccountId::value)).toList();
    }

    /** The account of that name, or the problem that there is none which is compared. */
    public AccountId find(String name) {
        return accounts.stream()
                .filter(account -> account.value().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("account that is compared"));
    }

    /** Gives when it was asked for. */
    public Instant ask(AccountId account) {
        Instant now = clock.instant();
        inbox.store(account, TOPIC, UUID.randomUUID().toString(), "reconciliation/" + account, "{}");
        return now;
    }

    /** The newest 500 repairs are listed, of the last 24 hours at most; the count is that of all of them. */
    public record Found(List<FeedProgress> feeds, Repairs.Count count, List<Repair> repairs) {
        public Found {
            feeds = List.copyOf(feeds);
            repairs = List.copyOf(repairs);
        }

        /** Whether the comparison that was asked for then is through. */
        public boolean isThrough(Instant asked) {
            return feeds.stream()
                    .filter(feed -> feed.feed().equals(ORDERS))
                    .anyMatch(feed -> !feed.completeUpTo().isBefore(asked));
        }
    }

    /** Up to when everything is known that each account tells; of one that has told nothing yet there is no time. */
    public Map<AccountId, Instant> completeUpTo() {
        return workload.feeds().stream()
                .collect(Collectors.toMap(
                        FeedProgress::account,
                        FeedProgress::completeUpTo,
                        BinaryOperator.minBy(Comparator.naturalOrder())));
    }

    public Found found(AccountId account, Optional<Instant> since) {
        Instant earliest = clock.instant().minus(SHOWN);
        Instant from = since.filter(earliest::isBefore).orElse(earliest);
        return new Found(
                workload.feeds().stream()
                        .filter(feed -> feed.account().equals(account))
                        .toList(),
                repairs.count(account, from),
                repairs.since(account, from, MOST_SHOWN));
    }
}
