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
            case "effect.done", "effect.found" -> Tone.GOOD;
            case "effect.shadowed" -> Tone.QUIET;
            case "effect.refused", "effect.unknown" -> Tone.BAD;
            default -> Tone.WAITING;
        };
        return Optional.of(told(laneOf(key[0]), Words.of(operation.replace('-', ' ')), tone, entry));
    }

    private static Optional<Step> other(Entry entry) {
        return Meaning.of(entry.kind()).map(meaning -> told(meaning.lane(), meaning.label(), meaning.tone(), entry));
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
