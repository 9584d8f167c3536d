package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a person who has only the API gets over an {@link Incident}: reads the causes, decides about each for all of its cases, and sees it
 * through. The table tells each cause with its cases, its group, what was decided, how long it lasted and how it ended.
 */
public final class IncidentChapter {
    /** One of so many orders is the silent store's. */
    private static final int SILENT_OF = 10;

    private static final int FEWEST_SILENT = 2;
    private static final int MOST_SILENT = 6;
    private static final List<String> HEADER = List.of("cause", "cases", "group", "decision", "lasted", "end");

    private static final Duration THROTTLED = Duration.ofSeconds(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** For so long the pace of decisions is looked at. */
    private static final Duration STRETCH = Duration.ofSeconds(2);

    /** For so long that of the ERP, whose calls carry several changes. */
    private static final Duration WHILE = Duration.ofSeconds(5);

    /** What config/worker.yml lets through to the ERP in a second. */
    private static final int MOST_OF_ERP = 50;

    private final Stage stage;
    private final PrintStream out;
    private final int orders;
    private final Midway midway;

    /** What else happens while half of a bulk is decided. */
    public interface Midway {
        void happens() throws InterruptedException;
    }

    public IncidentChapter(Stage stage, PrintStream out, int orders, Midway midway) {
        this.stage = stage;
        this.out = out;
        this.orders = orders;
        this.midway = midway;
    }

    IncidentChapter(Stage stage, PrintStream out, int orders) {
        this(stage, out, orders, () -> {});
    }

    public static int silentOf(int orders) {
        return Math.clamp(orders / SILENT_OF, FEWEST_SILENT, MOST_SILENT);
    }

    /** False if something remains open, was there twice, or did not end well. */
    public boolean play() throws InterruptedException {
        out.println("A bad hour for " + orders
                + " orders: a closed period, a silent store, a throttling shop, a torn webhook:");
        try {
            return resolved(befallen());
        } catch (RuntimeException wrong) {
            out.println("  NO  " + wrong.getMessage());
            return false;
        }
    }

    private Incident befallen() throws InterruptedException {
        long number = 7_220_000_000_000L + Instant.now().getEpochSecond() % 100_000_000 * 1000;
        return Incident.befalls(stage, orders, silentOf(orders), number);
    }

    private boolean resolved(Incident incident) throws InterruptedException {
        // For so long the shop's points do not suffice: what is asked of it waits, and nobody has to do anything.
        Thread.sleep(THROTTLED);
        incident.shopifyRecovers(true);
        incident.awaitQueue(new Quarters(out, orders, "orders are stuck")::reached);
        told("everything that is stuck is in the queue");
        TextTable table = new TextTable(HEADER);
        incident.erpRecovers();
        String period = decideAll(incident, Trouble.CLOSED_PERIOD, midway);
        String store = decideAll(incident, Trouble.SILENT_STORE, () -> {});
        String webhook = decideOne(incident);
        incident.awaitEnd();
        String ends = incident.ends();
        table.add(row(incident, Trouble.CLOSED_PERIOD, period, ends));
        table.add(row(incident, Trouble.SILENT_STORE, store, "rerouted, then the same"));
        table.add(row(incident, Trouble.POISON_WEBHOOK, webhook, "given up"));
        table.add(List.of(
                "Shopify throttled",
                "0",
                "-",
                "none: " + incident.throttledCalls() + " calls refused, all waited",
                seconds(THROTTLED),
                "goes on by itself"));
        incident.shopifyRecovers(false);
        table.lines().forEach(line -> out.println("  " + line));
        List<String> wrong = incident.wrong();
        wrong.forEach(line -> out.println("  NO  " + line));
        if (wrong.isEmpty()) {
            told("nothing is open, and nothing was there twice");
        }
        return wrong.isEmpty();
    }

    /**
     * Gives the cause of most of the cases, after bulks have been through all of them. What else was on its way to the books, such as a
     * store's day, is a cause of its own.
     */
    private String decideAll(Incident incident, Trouble trouble, Midway half) throws InterruptedException {
        List<String> causes = incident.causes(trouble);
        Midway midway = half;
        for (String cause : causes) {
            decide(incident, trouble, cause, midway);
            midway = () -> {};
        }
        return causes.getFirst();
    }

    private void decide(Incident incident, Trouble trouble, String cause, Midway half) throws InterruptedException {
        String address = "/v1/case-groups/" + cause + "/decisions";
        JsonNode wish = Json.object().put("action", trouble.action()).put("note", trouble.note());
        int previewed =
                stage.api().post(address + "?preview=true", wish).path("cases").asInt();
        int open = incident.open(trouble, cause);
        Stage.check(previewed == open, "the preview tells of " + previewed + " cases, and " + open + " are open");
        long changesBefore = incident.lastErpChange();
        Instant began = Instant.now();
        JsonNode bulk = stage.api().post(address, wish);
        String followed = "/v1/bulk-decisions/" + bulk.path("id").asText();
        int cases = bulk.path("cases").asInt();
        Quarters progress = new Quarters(out, cases, "are decided");
        awaitBulk(followed, progress, seen -> seen.path("pending").asInt() <= cases / 2);
        half.happens();
        JsonNode done = awaitBulk(
                followed, progress, seen -> seen.path("state").asText().equals("DONE"));
        Duration took = Duration.between(began, Instant.now());
        Stage.check(
                done.path("decided").asInt() == cases,
                "of " + cases + " cases " + done.path("decided").asInt() + " were decided: " + done);
        int perSecond = done.path("perSecond").asInt();
        Stage.check(
                took.toMillis() >= (cases - 1) * 1000L / perSecond - 500,
                cases + " cases were decided within " + seconds(took) + ", which is more than " + perSecond
                        + " a second");
        int most = incident.decisions(trouble, cause).mostWithin(STRETCH);
        Stage.check(
                most <= mostAllowed(perSecond),
                most + " cases were decided within " + seconds(STRETCH) + ", which is more than " + perSecond
                        + " a second");
        Pace changes = incident.erpChangesSince(changesBefore);
        int hurried = changes.mostWithin(WHILE);
        Stage.check(
                hurried <= MOST_OF_ERP * WHILE.toSeconds(),
                "the ERP has had " + hurried + " changes within " + seconds(WHILE) + ", and " + MOST_OF_ERP
                        + " a second are its limit");
        told(cases + " cases " + trouble.code() + ": " + trouble.action() + ", " + perSecond + " a second, in "
                + seconds(took) + "; at most " + changes.mostWithin(SECOND) + " changes a second in the ERP");
    }

    private JsonNode awaitBulk(String followed, Quarters progress, Predicate<JsonNode> enough)
            throws InterruptedException {
        return stage.await(followed, () -> Optional.of(stage.api().get(followed)), seen -> {
            progress.reached(seen.path("cases").asInt() - seen.path("pending").asInt());
            return enough.test(seen);
        });
    }

    /** Turns that nobody took, because everything was away, are made up for within a second. */
    private static int mostAllowed(int perSecond) {
        return (int) ((STRETCH.toSeconds() + 1) * perSecond) + 1;
    }

    private String decideOne(Incident incident) {
        JsonNode found = incident.open(Trouble.POISON_WEBHOOK).getFirst();
        stage.decide(found.path("id").asText(), Trouble.POISON_WEBHOOK.action(), Trouble.POISON_WEBHOOK.note());
        told("1 case " + Trouble.POISON_WEBHOOK.code() + ": " + Trouble.POISON_WEBHOOK.action());
        return found.path("fingerprint").asText();
    }

    private static List<String> row(Incident incident, Trouble trouble, String cause, String end) {
        return List.of(
                trouble.code(),
                Integer.toString(incident.cases(trouble).size()),
                cause,
                trouble.action(),
                seconds(incident.lasted(trouble)),
                end);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private void told(String what) {
        out.println("  ok  " + what);
    }
}
