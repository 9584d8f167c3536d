package io.throughline.local;

import io.throughline.local.demo.Demo;
import io.throughline.local.demo.DemoStack;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The commands that run a stack on this machine: {@code up}, {@code demo}, {@code import}, {@code policy}, {@code admin} and
 * {@code prepare}. The front door script builds and
 * calls this.
 */
public final class Main {
    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length == 0) {
            err.println("a command is needed: up or demo");
            return USAGE;
        }
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            return switch (arguments[0]) {
                case "up" -> up(rest, out);
                case "demo" -> demo(rest, out);
                case "import" -> importStock(rest, out);
                case "policy" -> policy(List.of(rest), out);
                case "admin" -> admin(List.of(rest), out);
                case "prepare" -> prepare(out);
                default -> {
                    err.println("unknown command: " + arguments[0]);
                    yield USAGE;
                }
            };
        } catch (StackException e) {
            err.println("! " + e.getMessage());
            return FAILURE;
        } catch (UsageException e) {
            err.println(e.getMessage());
            return USAGE;
        }
    }

    private static final class UsageException extends RuntimeException {
        UsageException(String message) {
            super(message);
        }
    }

    /** Gets beforehand what the first start would have to fetch or build. */
    private static int prepare(PrintStream out) {
        Path fallback = dataDirectory().resolve("cache");
        TemporalProgram program = TemporalServer.findProgram(fallback, Progress.to(out));
        PostgresBinaries binaries = PostgresBinaries.unpacked(CacheDirectory.locate(fallback));
        out.println("  " + program.description());
        out.println("  PostgreSQL in " + binaries.home());
        out.println("  "
                + Promtool.find(fallback, Progress.to(out))
                        .map(found -> "promtool (" + found.program() + ")")
                        .orElse("no promtool was found, and Go is not there to build one: the alerts' tests"
                                + " can't be run"));
        return 0;
    }

    private static int importStock(String[] arguments, PrintStream out) {
        List<String> words = List.of(arguments);
        StockFile.Order order;
        try {
            if (words.isEmpty() || !words.getFirst().equals("stock")) {
                throw new IllegalArgumentException("stock");
            }
            order = StockFile.Order.of(words.subList(1, words.size()));
        } catch (IllegalArgumentException unfit) {
            throw new UsageException("usage: " + StockFile.USAGE);
        }
        return asking(api -> new StockFile(api, out).hand(order));
    }

    private static int policy(List<String> words, PrintStream out) {
        try {
            if (!words.isEmpty() && words.getFirst().equals("try")) {
                PolicyTry.Order order = PolicyTry.Order.of(words.subList(1, words.size()), Instant.now());
                return asking(api -> {
                    new PolicyTry(api, out).run(order);
                    return true;
                });
            }
            PolicyChange.Order order = PolicyChange.Order.of(words);
            return asking(api -> {
                new PolicyChange(api, out).run(order);
                return true;
            });
        } catch (IllegalArgumentException unfit) {
            throw new UsageException("usage: " + PolicyTry.USAGE + "\n       " + PolicyChange.USAGE);
        }
    }

    private static int admin(List<String> words, PrintStream out) {
        try {
            Admin.Order order = Admin.Order.of(words);
            return asking(api -> new Admin(api, out).run(order));
        } catch (IllegalArgumentException unfit) {
            throw new UsageException("usage: " + Admin.USAGE);
        }
    }

    /** Whether these words behind {@code admin} say something, whatever stands in the place of names. */
    public static boolean understandsAdmin(List<String> words) {
        try {
            Admin.Order.of(words);
            return true;
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    /** What may ask the API; whether all went well. */
    private interface Request {
        boolean of(ApiClient api) throws IOException, InterruptedException;
    }

    /** Into the stack that runs on this machine, or another ({@link ApiClient#from}). */
    private static int asking(Request request) {
        try {
            return request.of(ApiClient.from(System.getenv(), dataDirectory())) ? 0 : FAILURE;
        } catch (IOException unreachable) {
            throw new StackException("Throughline does not answer: is it running (./throughline up)?", unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILURE;
        }
    }

    private static int up(String[] arguments, PrintStream out) {
        List<String> words = new ArrayList<>(List.of(arguments));
        StackOptions options = options(words);
        if (!words.isEmpty()) {
            throw new UsageException("unknown option of up: " + words.getFirst());
        }
        CountDownLatch ended = new CountDownLatch(1);
        try (Stack stack = startStack(options, out)) {
            out.println(Summary.of(stack));
            out.println("Ctrl-C stops everything.");
            ended.await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILURE;
        }
    }

    private static int demo(String[] arguments, PrintStream out) {
        List<String> words = new ArrayList<>(List.of(arguments));
        Stay stay = Stay.chosen(words.remove("--keep"), Stay.atTerminal(), System.getenv());
        StackOptions options = options(words);
        int orders = ordersOfIncident(words);
        String part = String.join(" ", words);
        if (!Demo.knows(part)) {
            throw new UsageException("neither an option of demo nor in the name of one of its orders: " + part);
        }
        // A demonstration begins with an empty house, and leaves the one that is kept alone, its ports too.
        StackOptions own = options.in(options.directory().resolve("demo")).withFixedPorts(false);
        out.println("Starting Throughline in " + own.directory());
        try (Stack stack = DemoStack.start(own, out)) {
            out.println(Summary.of(stack));
            boolean right = part.isEmpty() ? Demo.playAll(stack, orders, out) : Demo.playOnly(stack, part, out);
            if (stay != Stay.NOT_AT_ALL) {
                out.println(Summary.forALook(stack));
            }
            stay.await(System.in, out);
            return right ? 0 : FAILURE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return FAILURE;
        }
    }

    /** Takes {@code --incident <n>} out of the words. */
    private static int ordersOfIncident(List<String> words) {
        int option = words.indexOf("--incident");
        if (option < 0) {
            return Demo.FEW_ORDERS;
        }
        String chosen = option + 1 < words.size() ? words.get(option + 1) : "";
        words.subList(option, Math.min(option + 2, words.size())).clear();
        if (!chosen.matches("[3-9]|[1-9][0-9]|[123][0-9]{2}|400")) {
            throw new UsageException("--incident is a number of orders from 3 to 400");
        }
        return Integer.parseInt(chosen);
    }

    private static Stack startStack(StackOptions options, PrintStream out) {
        out.println("Starting Throughline in " + options.directory());
        return Stack.start(options, Progress.to(out));
    }

    /** Takes the options of the stack out of the words. */
    private static StackOptions options(List<String> words) {
        StackOptions options = StackOptions.standard(dataDirectory(), projectDirectory());
        int erp = words.indexOf("--erp");
        if (erp < 0) {
            return options;
        }
        String chosen = erp + 1 < words.size() ? words.get(erp + 1) : "";
        words.subList(erp, Math.min(erp + 2, words.size())).clear();
        return switch (chosen) {
            case "sandbox" -> options;
            case "tryton" -> options.withRealTryton();
            default -> throw new UsageException("--erp is sandbox or tryton");
        };
    }

    static Path dataDirectory() {
        String chosen = System.getenv("THROUGHLINE_DATA");
        return chosen == null || chosen.isBlank()
                ? projectDirectory().resolve(".throughline")
                : Path.of(chosen).toAbsolutePath();
    }

    /** The directory with {@code config/}: the one that the script names, or the nearest one above the working directory. */
    static Path projectDirectory() {
        String named = System.getProperty("throughline.home", "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path candidate = start; candidate != null; candidate = candidate.getParent()) {
            if (Files.exists(candidate.resolve("throughline")) && Files.exists(candidate.resolve("pom.xml"))) {
                return candidate;
            }
        }
        return start;
    }
}
