package io.throughline.local.demo;

import io.throughline.local.Stack;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays the recorded store day through a running stack, a line per order as it ends and a table at the close, then chapters on returns of every kind, a marketplace, stock, reroutes, and on an incident. */
public final class Demo {
    private static final String REROUTES = "reroutes";
    private static final Pattern INCIDENT = Pattern.compile("incident(?: ([3-9]|[1-9][0-9]|[123][0-9]{2}|400))?");
    private static final int MANY_ORDERS = 200;

    /** At the end of every demonstration. */
    public static final int FEW_ORDERS = 20;

    private final Stage stage;
    private final PrintStream out;

    private Demo(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
    }

    /** What the stack's processes need so that deadlines pass within a demonstration: other policy data, no other code. */
    public static Map<String, String> environment() {
        return Map.of(
                "THROUGHLINE_POLICY",
                // By quick-10 nobody would be asked about the silent store of the incident: its work goes elsewhere by
                // itself.
                "quick-9",
                // Orders wait for what is bought.
                "THROUGHLINE_ASK_ERP_WITHIN",
                "5s",
                "THROUGHLINE_RECONCILE_EVERY",
                "15s",
                // A day that closes when it begins is posted a moment after its first sale.
                "THROUGHLINE_STORE_CLOSES",
                "04:00:01",
                "THROUGHLINE_STORE_DAY_GRACE",
                "PT3S");
    }

    /** Whether this is the incident, or an order of the store day has it in its name. */
    public static boolean knows(String part) {
        return INCIDENT.matcher(part).matches()
                || part.equals(REROUTES)
                || new Scenarios(0).all().stream().anyMatch(named(part));
    }

    /** The store day, and then an incident of so many orders. True only if both ended as they should. */
    public static boolean playAll(Stack stack, int orders, PrintStream out) throws InterruptedException {
        Stage stage = new Stage(stack);
        boolean dayRight = play(stack, out);
        boolean reroutesRight = playWaysAndReroutes(stage, out);
        if (stage.erpIsSandbox()) {
            return new IncidentChapter(stage, out, orders).play() && dayRight && reroutesRight;
        }
        out.println("left out: the incident needs " + Scenario.Need.ERP_STAND_IN.words());
        return dayRight && reroutesRight;
    }

    /** True only if every order ended as its script says, what came back was paid and booked, and the stock is where it should be. */
    public static boolean play(Stack stack, PrintStream out) throws InterruptedException {
        Demo demo = opened(stack, out);
        boolean ordersRight = demo.play("");
        Stage stage = demo.stage;
        boolean chaptersRight = Chapters.play(
                out,
                List.of(
                        told -> new ReturnChapter(stage, told)::play,
                        told -> new KindsChapter(stage, told)::play,
                        told -> new CounterChapter(stage, told)::play,
                        told -> new MarketplaceChapter(stage, told)::play));
        boolean stockRight = new StockChapter(stage, out).play();
        return ordersRight && chaptersRight && stockRight;
    }

    /** The incident alone ({@code incident 60}: of sixty orders), the ways of goods and the reroutes alone ({@code reroutes}), or the orders alone that have this in their name. */
    public static boolean playOnly(Stack stack, String part, PrintStream out) throws InterruptedException {
        Matcher incident = INCIDENT.matcher(part);
        if (incident.matches()) {
            int orders = Optional.ofNullable(incident.group(1))
                    .map(Integer::parseInt)
                    .orElse(MANY_ORDERS);
            return new IncidentChapter(opened(stack, out).stage, out, orders).play();
        }
        if (part.equals(REROUTES)) {
            return playWaysAndReroutes(opened(stack, out).stage, out);
        }
        return opened(stack, out).play(part);
    }

    private static boolean playWaysAndReroutes(Stage stage, PrintStream out) throws InterruptedException {
        boolean waysRight = new JourneyChapter(stage, out).play();
        return new RerouteChapter(stage, out).play() && waysRight;
    }

    private static Demo opened(Stack stack, PrintStream out) throws InterruptedException {
        Demo demo = new Demo(new Stage(stack), out);
        for (String shop : Scenarios.SHOPS) {
            demo.stage.awaitSubscribed(shop);
        }
        return demo;
    }

    private static Predicate<Scenario> named(String part) {
        return scenario -> scenario.name().contains(part);
    }

    private boolean play(String part) {
        long base = 7_200_000_000_000L + Instant.now().getEpochSecond() % 100_000_000 * 100;
        List<Scenario> playable = new Scenarios(base)
                .all().stream()
                        .filter(named(part))
                        .map(this::asFarAsPossible)
                        .flatMap(Optional::stream)
                        .toList();
        List<Played> played = new ArrayList<>();
        try (ExecutorService scripts = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Played>> running = playable.stream()
                    .filter(scenario -> !scenario.alone())
                    .map(scenario -> scripts.submit((Callable<Played>) () -> play(scenario)))
                    .toList();
            running.forEach(one -> played.add(ended(one)));
        }
        playable.stream().filter(Scenario::alone).forEach(scenario -> played.add(play(scenario)));
        out.println();
        ClosingTable.of(played).forEach(out::println);
        out.println();
        long wrong = played.stream().filter(one -> one.failure() != null).count();
        out.println(
                wrong == 0
                        ? allRight(played.size())
                        : wrong + " of " + played.size() + " orders and sales did not end as their scripts say.");
        return wrong == 0;
    }

    private static String allRight(int played) {
        return played == 1
                ? "It ended as its script says."
                : "All " + played + " orders and sales ended as their scripts say.";
    }

    /** What can't be played here is named, with what is played instead. */
    private Optional<Scenario> asFarAsPossible(Scenario scenario) {
        List<Scenario.Need> missing =
                scenario.needs().stream().filter(need -> !has(need)).toList();
        if (missing.isEmpty()) {
            return Optional.of(scenario);
        }
        String instead = scenario.instead()
                .map(other -> ", played instead: '" + other.name() + "'")
                .orElse("");
        missing.forEach(need -> out.println("  left out: '" + scenario.name() + "' needs " + need.words() + instead));
        return scenario.instead();
    }

    private boolean has(Scenario.Need need) {
        return switch (need) {
            case REAL_TEMPORAL -> stage.stack().temporal().real();
            case ERP_STAND_IN -> stage.erpIsSandbox();
        };
    }

    private Played play(Scenario scenario) {
        Instant began = Instant.now();
        try {
            Ending ending = scenario.script().play(stage);
            Effects.of(stage, ending).checkAsShown(ending, stage.erpIsSandbox());
            return told(new Played(scenario, Duration.between(began, Instant.now()), ending, null));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Played(scenario, Duration.between(began, Instant.now()), null, "stopped");
        } catch (RuntimeException wrong) {
            return told(new Played(
                    scenario, Duration.between(began, Instant.now()), null, String.valueOf(wrong.getMessage())));
        }
    }

    private Played told(Played played) {
        out.printf(
                Locale.ROOT,
                "  %s %-27s %7s  %s%n",
                played.failure() == null ? "ok " : "NO ",
                played.scenario().name(),
                played.seconds(),
                played.failure() == null ? played.scenario().path() : played.failure());
        return played;
    }

    private static Played ended(Future<Played> running) {
        try {
            return running.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the demonstration was stopped", stopped);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a script broke", bug);
        }
    }
}
