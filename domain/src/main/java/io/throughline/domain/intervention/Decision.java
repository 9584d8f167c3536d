package io.throughline.domain.intervention;

import io.throughline.domain.failure.FailureCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was decided, by whom and why. An amendment comes with AMEND_AND_RETRY only and holds nothing but what the case's failure code
 * lets be amended ({@link Amendable}); {@code was} is what the refused document says of it by itself, where that is known.
 */
public record Decision(
        Action action,
        String actor,
        boolean actorVerified,
        Optional<String> note,
        Map<String, String> amendment,
        Instant at,
        Map<String, String> was) {
    /** In whose name the rules of the policy decide, without a person. */
    public static final String OURSELVES = "throughline";

    public Decision {
        amendment = Map.copyOf(amendment);
        // Those that were stored before it was kept have none.
        was = was == null ? Map.of() : Map.copyOf(was);
    }

    public Decision(
            Action action,
            String actor,
            boolean actorVerified,
            Optional<String> note,
            Map<String, String> amendment,
            Instant at) {
        this(action, actor, actorVerified, note, amendment, at, Map.of());
    }

    /** Somebody has decided it of whom it is known who they are: no rule of the policy, and nobody who could be anybody. */
    public boolean madeByKnownPerson() {
        return actorVerified && !actor.equals(OURSELVES);
    }

    /** Why an amendment can't be taken: which of its keys (empty: the whole of it), and what would be right. */
    public record Misfit(String key, String rule) {
        @Override
        public String toString() {
            return key.isEmpty() ? rule : key + ": " + rule;
        }
    }

    /** Why this can't be decided about a case with this code, as far as its amendment goes. */
    public Optional<Misfit> misfit(FailureCode code) {
        Set<Amendable> possible = code.amendable();
        if (action != Action.AMEND_AND_RETRY) {
            return amendment.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Misfit("", "only AMEND_AND_RETRY takes an amendment"));
        }
        return amendment.isEmpty() ? Optional.of(new Misfit("", "needs " + words(possible))) : misfit(possible);
    }

    /** What of the amendment nobody could act upon, whatever the case was. A step asks before it begins. */
    public Optional<Misfit> misfit() {
        return misfit(EnumSet.allOf(Amendable.class));
    }

    private Optional<Misfit> misfit(Set<Amendable> possible) {
        return new TreeMap<>(amendment)
                .entrySet().stream()
                        .filter(entry -> !usable(entry, possible))
                        .findFirst()
                        .map(entry -> misfit(entry.getKey(), possible));
    }

    private static Misfit misfit(String key, Set<Amendable> possible) {
        return Amendable.of(key)
                .filter(possible::contains)
                .map(known -> new Misfit(key, "must be " + known.rule()))
                .orElseGet(() -> new Misfit(key, "can't be amended here; what can: " + words(possible)));
    }

    private static boolean usable(Map.Entry<String, String> entry, Set<Amendable> possible) {
        return Amendable.of(entry.getKey())
                .filter(possible::contains)
                .filter(known -> known.accepts(entry.getValue()))
                .isPresent();
    }

    private static String words(Set<Amendable> possible) {
        return possible.isEmpty()
                ? "nothing"
                : possible.stream()
                        .map(one -> one.key() + " (" + one.rule() + ")")
                        .collect(Collectors.joining(", "));
    }

    /** The same decision, with what was amended before it and is not amended anew: to try again takes nothing back. */
    public Decision after(Decision earlier) {
        Map<String, String> both = new HashMap<>();
        earlier.amendment.entrySet().stream()
                .filter(entry -> usable(entry, EnumSet.allOf(Amendable.class)))
                .forEach(entry -> both.put(entry.getKey(), entry.getValue()));
        both.putAll(amendment);
        Map<String, String> standIns = new TreeMap<>(earlier.standIns());
        standIns.putAll(standIns());
        if (!standIns.isEmpty() && misfit().isEmpty()) {
            both.put(Amendable.STAND_INS.key(), Amendable.written(standIns));
        }
        return new Decision(action, actor, actorVerified, note, both, at);
    }

    /** The same decision, beside what the document that it is about says by itself. */
    public Decision about(RefusedDocument document) {
        return new Decision(action, actor, actorVerified, note, amendment, at, document.saysOf(amendment));
    }

    /** The same, amending what is kept under a name in place of what is personal. */
    public Decision amending(Amendment kept) {
        return new Decision(action, actor, actorVerified, note, kept.kept(), at, was);
    }

    /** The amendments that have what is personal of it. */
    public List<AmendmentId> amendments() {
        return amendment.entrySet().stream()
                .filter(entry -> Amendment.isPersonal(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(AmendmentId::isOne)
                .distinct()
                .sorted()
                .map(AmendmentId::new)
                .toList();
    }

    /** Whether it says something of a person by itself, which must be kept elsewhere before it is decided. */
    public boolean saysPersonal() {
        return amendment.entrySet().stream()
                .anyMatch(entry -> Amendment.isPersonal(entry.getKey()) && !AmendmentId.isOne(entry.getValue()));
    }

    /** One value of a document: {@code was} is empty where nobody knows it. */
    public record Change(String field, Optional<String> was, String becomes) {
        @Override
        public String toString() {
            return field + " " + was.map(value -> value + " → ").orElse("→ ") + becomes;
        }
    }

    /** What the amendment makes another of the document, by the names of its fields; what nobody could act upon is shown as it came. */
    public List<Change> changes() {
        return new TreeMap<>(amendment)
                .entrySet().stream()
                        .flatMap(entry -> changes(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private Stream<Change> changes(String key, String value) {
        return Amendment.isPersonal(key)
                ? Stream.of(new Change(key, Optional.empty(), "not shown (" + value + ")"))
                : changes(key, value, Optional.ofNullable(was.get(key)));
    }

    /** Of pairs, what each of them changes; {@code was} is what the field was. */
    static Stream<Change> changes(String key, String value, Optional<String> was) {
        return Amendable.of(key)
                .filter(Amendable::isPairs)
                .flatMap(_ -> Amendable.pairs(value))
                .map(all -> all.entrySet().stream()
                        .map(pair -> new Change(key, Optional.of(pair.getKey()), pair.getValue())))
                .orElseGet(() -> Stream.of(new Change(key, was, value)));
    }

    /** Whether it is the same that is told again, perhaps later; what was amended before may have been added to the one that is kept. */
    public boolean repeats(Decision kept) {
        return action == kept.action
                && actor.equals(kept.actor)
                && actorVerified == kept.actorVerified
                && amendment.entrySet().stream().allMatch(kept::amends);
    }

    private boolean amends(Map.Entry<String, String> entry) {
        return entry.getKey().equals(Amendable.STAND_INS.key())
                ? standIns()
                        .entrySet()
                        .containsAll(Amendable.pairs(entry.getValue())
                                .orElseGet(Map::of)
                                .entrySet())
                : amendment.entrySet().contains(entry);
    }

    /** The day under which the ERP shall book, where somebody has decided that. */
    public Optional<LocalDate> postingDate() {
        return Optional.ofNullable(amendment.get(Amendable.POSTING_DATE.key()))
                .filter(Amendable.POSTING_DATE::accepts)
                .flatMap(Amendable::day);
    }

    /** The ERP's product by the one of the document that it stands for, where somebody has decided that. */
    public Map<String, String> standIns() {
        return pairs(Amendable.STAND_INS);
    }

    /** The product of ours by the name that the order has for it, where somebody has decided that. */
    public Map<String, String> productNames() {
        return pairs(Amendable.PRODUCT_NAMES);
    }

    private Map<String, String> pairs(Amendable field) {
        return Optional.ofNullable(amendment.get(field.key()))
                .flatMap(Amendable::pairs)
                .orElseGet(Map::of);
    }

    /** Whether such names hold for all orders of the account. */
    public boolean namesForAccount() {
        return "ACCOUNT".equals(amendment.get(Amendable.PRODUCT_NAMES_FOR.key()));
    }

    /** What of it holds for other documents that name the same products; empty if nothing does. */
    public Optional<Decision> forOtherDocuments() {
        return standIns().isEmpty()
                ? Optional.empty()
                : Optional.of(new Decision(
                        Action.AMEND_AND_RETRY,
                        actor,
                        actorVerified,
                        note,
                        Map.of(
                                Amendable.STAND_INS.key(),
                                Objects.requireNonNull(amendment.get(Amendable.STAND_INS.key()))),
                        at));
    }
}
