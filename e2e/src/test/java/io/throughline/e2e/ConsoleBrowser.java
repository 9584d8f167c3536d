package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real Chromium at the console. It notes whatever a page complains of, which includes all that its content security policy stops, and
 * whatever it would fetch from elsewhere.
 */
final class ConsoleBrowser implements AutoCloseable {
    private static final int DESK = 1280;
    private static final int TABLET = 820;
    private static final int HEIGHT = 900;
    private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    private final Playwright playwright;
    private final Browser browser;
    private final BrowserContext context;
    private final Page page;
    private final URI server;
    private final Path pictures;
    private final List<String> complaints = new ArrayList<>();

    private ConsoleBrowser(Playwright playwright, Path chromium, URI server, Path pictures) {
        this.playwright = playwright;
        this.server = server;
        this.pictures = pictures;
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        // In containers tests run as root, where Chromium's own sandbox can't be built.
                        .setArgs(List.of("--no-sandbox")));
        this.context = browser.newContext(new Browser.NewContextOptions().setViewportSize(DESK, HEIGHT));
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !expected(message.text())) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onResponse(response -> {
            if (response.status() >= 400 && response.url().contains("/assets/")) {
                complaints.add(page.url() + " misses " + response.url());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(server.toString())) {
                complaints.add(page.url() + " fetches " + request.url());
            }
        });
    }

    /** A page that isn't there says so by its status, and whoever goes on to the next page lets the present one's request end. */
    private static boolean expected(String message) {
        return message.startsWith("Failed to load resource") || message.startsWith("htmx:");
    }

    /** {@code pictures} is where screenshots go. */
    static ConsoleBrowser open(URI server, Path pictures) {
        Path chromium = chromium();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new ConsoleBrowser(playwright, chromium, server, pictures);
    }

    private static Path chromium() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(Path.of("/usr/bin", name), Path.of("/usr/local/bin", name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> Untested.because(
                        "THE CONSOLE IS NOT TESTED IN A BROWSER: there is no Chromium on this machine"));
    }

    Page page() {
        return page;
    }

    void go(String path) {
        page.navigate(server.resolve(path).toString());
    }

    /** The path and query of what is shown. */
    String place() {
        return page.url().replace(server.toString(), "");
    }

    /**
     * Looks at the present page on a tablet by day and on a desk by night, which are all widths and all colours, and keeps under a name how
     * it looks there and on a desk by day.
     */
    void look(String name) {
        assertThat(violationsOf(see(name, TABLET, ColorScheme.LIGHT))).as(name).isEmpty();
        assertThat(violationsOf(see(name + "-dark", DESK, ColorScheme.DARK)))
                .as(name)
                .isEmpty();
        see(name, DESK, ColorScheme.LIGHT);
    }

    /** As it is, for whoever wonders why a test went no further. */
    void keep(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(pictures.resolve("console-" + name + ".png")));
        System.out.println("  the browser is at " + page.url());
    }

    private String see(String name, int width, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, HEIGHT);
        String shown = name + "-" + width;
        assertThat((Integer) page.evaluate(
                        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(shown + " is wider than its window")
                .isLessThanOrEqualTo(0);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(pictures.resolve("console-" + shown + ".png"))
                .setFullPage(true));
        return shown;
    }

    private List<String> violationsOf(String shown) {
        return new AxeBuilder(page)
                .withTags(WCAG_2_2_AA).analyze().getViolations().stream()
                        .map(rule -> shown + ": " + words(rule))
                        .toList();
    }

    private static String words(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
