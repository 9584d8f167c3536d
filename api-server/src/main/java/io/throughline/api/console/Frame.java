package io.throughline.api.console;

import io.throughline.api.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is around every page: who is signed in, where the page's files are, and what to tell first. */
public record Frame(
        String title,
        Section section,
        boolean live,
        String address,
        String seen,
        String owner,
        String roles,
        String token,
        Assets assets,
        Optional<Problem> problem,
        Moment now,
        List<Section> sections) {

    static Frame of(Page page, Visit visit, String seen, Assets assets, Optional<Problem> problem, Moment now) {
        return new Frame(
                page.title(),
                page.section(),
                // What somebody was refused stays until they have read it.
                page.live() && problem.isEmpty(),
                visit.address(),
                seen,
                visit.caller().owner(),
                visit.caller().roles().stream().map(Words::of).sorted().collect(Collectors.joining(", ")),
                visit.session().formToken(),
                assets,
                problem,
                now,
                Section.of(visit.caller()));
    }

    /** Whether whoever looks may look for anything. */
    public boolean searches() {
        return sections.contains(Section.OVERVIEW);
    }

    /** What the page sends along when it asks for itself again. */
    public String seenHeader() {
        return "{\"X-Seen\":\"" + seen + "\"}";
    }
}
