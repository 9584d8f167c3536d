package io.throughline.api.console;

import io.throughline.api.problem.Problem;

/** What went wrong instead of a page, and what to do. */
public record ProblemPage(Problem problem) {
    public String title() {
        return problem.title();
    }

    public String advice() {
        return switch (problem.status()) {
            case 403 ->
                "Your key does not have the role for this. Somebody who has it can do it, or an administrator can give"
                        + " it to a new key.";
            case 404 ->
                "Check the address, or search for any id: ours, a channel's, a document number, a tracking number, a"
                        + " case.";
            case 503 ->
                "Nothing is lost: what comes in is kept by whoever sends it, and goes on when the database answers."
                        + " Try again shortly.";
            default ->
                problem.status() < 500
                        ? "Go back and try again."
                        : "It is in our log"
                                + problem.instance().map(name -> " as " + name).orElse("") + ".";
        };
    }
}
