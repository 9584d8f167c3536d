package io.throughline.api.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.throughline.api.problem.Problem;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.hash.Sha256;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Makes answers of pages. A page that is open asks for itself again every few seconds and says which content it shows; while that is
 * the same, it is told nothing, so that nothing moves below the eyes of whoever reads it.
 */
public final class Pages {
    static final String HTML = MediaType.TEXT_HTML + ";charset=utf-8";
    /** Scripts and styles are our own files only; nothing stands in the page itself. */
    static final String CONTENT_SECURITY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Assets assets;
    private final Clock clock;
    // Stands where the name of the content will be, which is not known before the content is.
    private final String toBeNamed = random();

    public Pages(Assets assets, Clock clock) {
        this.assets = assets;
        this.clock = clock;
    }

    public Response show(Page page, Visit visit) {
        String html = html(page, visit, Optional.empty());
        String name = Sha256.hex(html);
        if (visit.seen().filter(name::equals).isPresent()) {
            return Response.noContent().build();
        }
        return answer(200, html.replace(toBeNamed, name));
    }

    /** The page again, with what was refused at its top. */
    public Response refuse(Page page, Visit visit, ProblemException refused) {
        Problem problem = refused.problem();
        return answer(problem.status(), html(page, visit, Optional.of(problem)));
    }

    private String html(Page page, Visit visit, Optional<Problem> problem) {
        // Nothing finer than the minute, or no page would ever be the same.
        Moment minute = moments().of(clock.instant().truncatedTo(ChronoUnit.MINUTES));
        Frame frame = Frame.of(page, visit, toBeNamed, assets, problem, minute);
        return rendered(page.template(), Map.of("frame", frame, "page", page));
    }

    /** A page for somebody who is not signed in. */
    Response plain(int status, String template, Object page) {
        return answer(status, rendered(template, Map.of("assets", assets, "page", page)));
    }

    String rendered(String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput();
        templates.render(template + ".jte", parameters, output);
        return output.toString();
    }

    /** As seen from now. */
    public Moments moments() {
        return new Moments(clock.instant());
    }

    private static Response answer(int status, String html) {
        return headed(Response.status(status)).entity(html).build();
    }

    static Response.ResponseBuilder headed(Response.ResponseBuilder answer) {
        return answer.type(HTML)
                .header("Content-Security-Policy", CONTENT_SECURITY)
                // Without it browsers don't say from which site a form comes.
                .header("Referrer-Policy", "same-origin");
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
