package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
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
     * it looks by day at either width; by night it is kept only when something is wrong with it.
     */
    void look(String name) {
        see(TABLET, ColorScheme.LIGHT);
        fits(name, TABLET);
        keep(name, TABLET);
        assertThat(violations()).as(name).isEmpty();

        see(DESK, ColorScheme.DARK);
        fits(name, DESK);
        List<String> byNight = violations();
        if (!byNight.isEmpty()) {
            keep(name + "-dark", DESK);
        }
        assertThat(byNight).as(name + " by night").isEmpty();

        see(DESK, ColorScheme.LIGHT);
        keep(name, DESK);
    }

    /** As it is, for whoever wonders why a test went no further. */
    void keep(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(pictures.resolve("console-" + name + ".png")));
        System.out.println("  the browser is at " + page.url());
    }

    private void see(int width, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, HEIGHT);
    }

    private void fits(String name, int width) {
        assertThat((Integer) page.evaluate(
                        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as(name + " is wider than its window of " + width)
                .isLessThanOrEqualTo(0);
    }

    private void keep(String name, int width) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(pictures.resolve("console-" + name + "-" + width + ".png"))
                .setFullPage(true));
    }

    /**
     * By all rules. Axe is loaded once for a page, and tells only of what is wrong: its builder opens another page each time, and carries all
     * that is right there and back.
     */
    private List<String> violations() {
        if (!(Boolean) page.evaluate("() => typeof window.axe === 'object'")) {
            page.evaluate(AxeBuilder.getAxeScript());
        }
        List<?> found = (List<?>) page.evaluate("""
                tags => axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(found => {
                    if (found.passes.length === 0) {
                        throw new Error('axe has looked at nothing');
                    }
                    return found.violations.map(rule =>
                        rule.id + ': ' + rule.help + ' ' + rule.nodes.map(node => node.html).join(', '));
                })
                """, WCAG_2_2_AA);
        return found.stream().map(Object::toString).toList();
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
