package io.throughline.workflows.call;

import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.WordedDecision;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator reads about a run in the Temporal UI. Search attributes are the dearest write that the server makes: they are
 * gathered, compared with what was last sent, and sent in one command a phase. Details cost nothing in the history.
 */
public final class Story {
    public static final SearchAttributeKey<String> ORDER_STATUS = SearchAttributeKey.forKeyword("OrderStatus");
    public static final SearchAttributeKey<String> SALES_CHANNEL = SearchAttributeKey.forKeyword("SalesChannel");
    public static final SearchAttributeKey<List<String>> FACILITIES = SearchAttributeKey.forKeywordList("Facilities");
    public static final SearchAttributeKey<String> STALLED_STEP = SearchAttributeKey.forKeyword("StalledStep");
    public static final SearchAttributeKey<java.time.OffsetDateTime> STALLED_SINCE =
            SearchAttributeKey.forOffsetDateTime("StalledSince");
    public static final SearchAttributeKey<String> REJECTED_BY = SearchAttributeKey.forKeyword("RejectedBy");
    public static final SearchAttributeKey<String> FINANCIAL_POSTING =
            SearchAttributeKey.forKeyword("FinancialPosting");
    public static final SearchAttributeKey<Boolean> CASE_OPEN = SearchAttributeKey.forBoolean("CaseOpen");

    /** Where the books wait for a case: it hides how far they are, for nothing goes on before that is over. */
    public static final String POSTING_BLOCKED = "BLOCKED";

    /** The steps that tell the books. */
    private static final String OF_THE_BOOKS = "erp.";

    /** Before, the books were no reason for a command of their own: a run that has begun so has none in its history. */
    private static final String SHOWS_BLOCKED = "shows-blocked";

    private final Map<String, Object> sent = new HashMap<>();
    private final List<SearchAttributeUpdate<?>> pending = new ArrayList<>();
    private final Map<String, SearchAttributeUpdate<?>> riding = new LinkedHashMap<>();
    private final Map<String, Stall> stalls = new LinkedHashMap<>();
    private final Map<String, String> details = new LinkedHashMap<>();

    /** Since when a step waits that is not through yet, however often it was taken again. */
    private final Map<String, Instant> since;

    /** How far the books are, when no case holds them up; null as long as this run has not said it. */
    private @Nullable String posting;

    private boolean postingBlocked;

    public Story() {
        this(Map.of());
    }

    /** Goes on where the story of an earlier run {@link #startsAnew() started anew}. */
    public Story(Map<String, Instant> stalledSince) {
        since = new HashMap<>(stalledSince);
    }

    /** Sets one line of the details; null takes it away. */
    public Story tells(String topic, @Nullable String text) {
        if (text == null) {
            details.remove(topic);
        } else {
            details.put(topic, text);
        }
        return this;
    }

    public <T> Story attribute(SearchAttributeKey<T> key, T value) {
        riding.remove(key.getName());
        if (!value.equals(sent.put(key.getName(), value))) {
            pending.add(key.valueSet(value));
        }
        return this;
    }

    /** The same for what is no reason for a command of its own: it is sent with the next change of something else. */
    public <T> Story along(SearchAttributeKey<T> key, @Nullable T value) {
        String name = key.getName();
        if (Objects.equals(value, sent.get(name))) {
            riding.remove(name);
        } else {
            riding.put(name, value == null ? key.valueUnset() : key.valueSet(value));
        }
        return this;
    }

    /** How far the books are. No reason for a command of its own, and hidden as long as a case holds them up. */
    public Story posts(PostingStatus status) {
        posting = status.name();
        return postingBlocked ? this : along(FINANCIAL_POSTING, posting);
    }

    /** A step waits for its system. */
    public void stalls(String step, String about, FailureCode code, String caseId) {
        stalls(step, about, code, caseId, null);
    }

    /** A step waits for a person. {@code refusedBy} is the account whose system has refused it, if it was one. */
    public void stalls(String step, String about, FailureCode code, String caseId, @Nullable String refusedBy) {
        String where = step + " " + about;
        Instant first = since.computeIfAbsent(where, unknown -> now());
        if (stalls.put(where, new Stall(step, code, caseId, refusedBy, first)) == null) {
            publishStall();
        }
        publish();
    }

    /** The step is through. */
    public void flows(String step, String about) {
        String where = step + " " + about;
        since.remove(where);
        if (stalls.remove(where) != null) {
            publishStall();
            publish();
        }
    }

    /** The next run finds for itself what is stalled, but not since when: that is given for it. */
    public Map<String, Instant> startsAnew() {
        if (!stalls.isEmpty()) {
            stalls.clear();
            publishStall();
            publish();
        }
        return Map.copyOf(since);
    }

    /** The failure of a case that is shown as open; null when there is none of that name. */
    public @Nullable FailureCode openCase(String caseId) {
        return stalls.values().stream()
                .filter(stall -> stall.caseId().equals(caseId))
                .map(Stall::code)
                .findFirst()
                .orElse(null);
    }

    /** Sends what has changed since the last time. */
    public void publish() {
        if (!pending.isEmpty()) {
            along(REJECTED_BY, refusing());
            riding.values().forEach(this::send);
            riding.clear();
            Workflow.upsertTypedSearchAttributes(pending.toArray(SearchAttributeUpdate[]::new));
            pending.clear();
        }
        Workflow.setCurrentDetails(text());
    }

    private void send(SearchAttributeUpdate<?> update) {
        String name = update.getKey().getName();
        update.getValue().ifPresentOrElse(value -> sent.put(name, value), () -> sent.remove(name));
        pending.add(update);
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        details.forEach((topic, line) ->
                text.append("**").append(topic).append(":** ").append(line).append("  \n"));
        stalls.forEach((where, stall) -> text.append("**Stalled at ")
                .append(where)
                .append("** since ")
                .append(stall.since())
                .append(": ")
                .append(stall.code())
                .append(", case ")
                .append(stall.caseId())
                .append(", runbook `")
                .append(stall.code().runbook())
                .append("`, update `decide` with ")
                .append(payloads(stall))
                .append("  \n"));
        return text.toString();
    }

    /** What of the case may be decided from here, ready to be pasted: each is one text, for more can't be sent from Temporal's UI. */
    private static String payloads(Stall stall) {
        // What was given elsewhere is booked beside an order's steps, and none of them waits for that.
        return stall.code().actions().stream()
                .filter(action -> action != Action.BOOK_AS_RETURN)
                .filter(WordedDecision::hasWords)
                .sorted()
                .map(action -> "`\"" + stall.caseId() + " " + action + "\"`")
                .collect(Collectors.joining(" or ", "", amending(stall)));
    }

    /** An amendment has values, which are kept elsewhere first. */
    private static String amending(Stall stall) {
        return stall.code().actions().contains(Action.AMEND_AND_RETRY)
                ? " or, with the id of an amendment that is kept for it in place of `AM-…`, `\"" + stall.caseId()
                        + " AMEND_AND_RETRY AM-…\"`"
                : "";
    }

    private void publishStall() {
        Stall first = stalls.isEmpty() ? null : stalls.values().iterator().next();
        attribute(CASE_OPEN, first != null);
        if (first == null) {
            sent.remove(STALLED_STEP.getName());
            sent.remove(STALLED_SINCE.getName());
            pending.add(STALLED_STEP.valueUnset());
            pending.add(STALLED_SINCE.valueUnset());
        } else {
            attribute(STALLED_STEP, first.step());
            attribute(STALLED_SINCE, first.since().atOffset(ZoneOffset.UTC));
        }
        showPosting();
    }

    /** It goes with the stall that holds the books up, and is a reason for a command where another stall is shown before it. */
    private void showPosting() {
        if (holdsUpBooks() != postingBlocked) {
            boolean rides = pending.isEmpty()
                    && Workflow.getVersion(SHOWS_BLOCKED, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;
            // Only now: whoever asks for a version lets others go on meanwhile.
            postingBlocked = holdsUpBooks();
            String own = Objects.requireNonNullElseGet(posting, Story::shownPosting);
            posting = own;
            String shown = postingBlocked ? POSTING_BLOCKED : own;
            if (rides) {
                along(FINANCIAL_POSTING, shown);
            } else {
                attribute(FINANCIAL_POSTING, shown);
            }
        }
    }

    private boolean holdsUpBooks() {
        return stalls.values().stream().anyMatch(stall -> stall.step().startsWith(OF_THE_BOOKS));
    }

    /** What the run was started with, or what a run before it has left. */
    private static String shownPosting() {
        @Nullable String shown = Workflow.getTypedSearchAttributes().get(FINANCIAL_POSTING);
        return shown == null || shown.equals(POSTING_BLOCKED) ? PostingStatus.PENDING.name() : shown;
    }

    private @Nullable String refusing() {
        return stalls.values().stream()
                .map(Stall::refusedBy)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    private record Stall(
            String step,
            FailureCode code,
            String caseId,
            @Nullable String refusedBy,
            Instant since) {}
}
