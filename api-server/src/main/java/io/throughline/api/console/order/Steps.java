package io.throughline.api.console.order;

import io.throughline.api.console.Tone;
import io.throughline.api.console.Words;
import io.throughline.api.trace.TraceView.Entry;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an order's steps of its trace. All entries about one effect are one step, where it was begun and as it stands now; what stalls
 * the order, its open cases, comes last.
 */
final class Steps {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("order.received", "Received"),
            Map.entry("order.submitted", "Handed over"),
            Map.entry("order.version", "Read"),
            Map.entry("order.edited", "Edited"),
            Map.entry("order.cancel-requested", "Cancellation asked for"),
            Map.entry("stock.reserved", "Reserved"),
            Map.entry("stock.backordered", "Backordered"),
            Map.entry("stock.released", "Given back"),
            Map.entry("stock.displaced", "Stock lost"),
            Map.entry("stock.freed", "Stock came"),
            Map.entry("order.repromised", "Promise moved"),
            Map.entry("work.allocated", "Allocated"),
            Map.entry("work.released", "Work given out"),
            Map.entry("work.handed-over", "Handed over"),
            Map.entry("work.extended", "More time given"),
            Map.entry("parcel.labelled", "Parcel labelled"),
            Map.entry("parcel.label-refused", "Label refused"),
            Map.entry("parcel.status", "Parcel moved"),
            Map.entry("parcel.voided", "Label given back"),
            Map.entry("journal.posted", "Booked"),
            Map.entry("journal.confirmed", "Books agree"),
            Map.entry("journal.reversed", "Reversed"),
            Map.entry("case.opened", "Case opened"),
            Map.entry("case.decided", "Decided"),
            Map.entry("case.reopened", "Case open again"),
            Map.entry("case.closed", "Case closed"));

    private final Accounts accounts;

    Steps(Accounts accounts) {
        this.accounts = accounts;
    }

    List<Step> of(List<Entry> line, List<Case> cases) {
        Map<String, Step> steps = new LinkedHashMap<>();
        for (Entry entry : line) {
            step(entry).ifPresent(step -> steps.merge(key(entry), step, Steps::continued));
        }
        List<Step> all = merged(steps.values().stream().toList());
        cases.stream()
                .filter(one -> one.status() != CaseStatus.CLOSED)
                .map(this::stalled)
                .forEach(all::add);
        return all;
    }

    private static String key(Entry entry) {
        return entry.detail().getOrDefault("effect", "entry " + entry.seq());
    }

    /** An effect stands where it was begun, and is as it was told last. */
    private static Step continued(Step begun, Step later) {
        return new Step(begun.lane(), begun.label(), later.told(), later.tone(), false, begun.at());
    }

    /** What is told several times in a row is one step. */
    private static List<Step> merged(List<Step> steps) {
        List<Step> merged = new ArrayList<>();
        for (Step step : steps) {
            if (merged.isEmpty() || !step.repeats(merged.getLast())) {
                merged.add(step);
            }
        }
        return merged;
    }

    private Optional<Step> step(Entry entry) {
        String kind = entry.kind();
        String to = entry.detail().getOrDefault("to", "");
        return switch (kind) {
            case "order.status" -> Optional.of(told(Lane.THROUGHLINE, Words.of(to), Tone.QUIET, entry));
            case "order.payment" -> Optional.of(told(Lane.CHANNEL, Words.of("Payment " + to), Tone.GOOD, entry));
            case "order.posting", "journal.expected" -> Optional.empty();
            case "work.status" -> Optional.of(told(Lane.FACILITIES, Words.of(to), toneOfWork(to), entry));
            default -> kind.startsWith("effect.") ? effect(entry) : other(entry);
        };
    }

    private Optional<Step> effect(Entry entry) {
        String[] key = entry.detail().getOrDefault("effect", "").split("/", -1);
        if (key.length < 4) {
            return Optional.empty();
        }
        String operation = key[key.length - 2];
        Tone tone = switch (entry.kind()) {
            case "effect.done" -> Tone.GOOD;
            case "effect.shadowed" -> Tone.QUIET;
            case "effect.refused", "effect.unknown" -> Tone.BAD;
            default -> Tone.WAITING;
        };
        return Optional.of(told(laneOf(key[0]), Words.of(operation.replace('-', ' ')), tone, entry));
    }

    private static Optional<Step> other(Entry entry) {
        return Optional.ofNullable(MEANINGS.get(entry.kind()))
                .map(label -> told(laneOfKind(entry.kind()), label, toneOf(entry.kind()), entry));
    }

    private static Lane laneOfKind(String kind) {
        return switch (kind.substring(0, kind.indexOf('.'))) {
            case "order" -> Lane.CHANNEL;
            case "stock" -> Lane.STOCK;
            case "work" -> Lane.FACILITIES;
            case "journal" -> Lane.ERP;
            default -> Lane.THROUGHLINE;
        };
    }

    private static Tone toneOf(String kind) {
        return switch (kind) {
            case "case.opened", "case.reopened", "stock.displaced" -> Tone.BAD;
            case "stock.backordered", "order.cancel-requested", "work.extended" -> Tone.WAITING;
            case "stock.released", "journal.reversed", "case.decided", "case.closed" -> Tone.QUIET;
            default -> Tone.GOOD;
        };
    }

    private static Tone toneOfWork(String to) {
        return switch (to) {
            case "REJECTED" -> Tone.BAD;
            case "CANCELLED" -> Tone.QUIET;
            default -> Tone.GOOD;
        };
    }

    private Step stalled(Case open) {
        return new Step(
                laneOf(open.account().value()),
                Words.of(open.code()),
                open.id() + ": " + open.detail(),
                Tone.BAD,
                true,
                open.openedAt());
    }

    private Lane laneOf(String account) {
        return accounts.find(AccountId.of(account))
                .map(Account::system)
                .map(Lane::of)
                .orElse(Lane.THROUGHLINE);
    }

    private static Step told(Lane lane, String label, Tone tone, Entry entry) {
        return new Step(lane, label, entry.summary(), tone, false, entry.at());
    }
}
