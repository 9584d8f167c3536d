package io.throughline.sandbox.square;

import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds who answers a call. A template's part in braces matches any one part of the path; the first route that fits wins. */
final class Routes {

    /** Answers a call; {@code parameters} are the path's parts that stood for braces, in their order. */
    @FunctionalInterface
    interface Action {
        Response answer(Request request, List<String> parameters) throws Exception;
    }

    /** A call's route with the parts that stood for braces. */
    record Match(String name, Action action, List<String> parameters) {
        Match {
            parameters = List.copyOf(parameters);
        }

        Response answer(Request request) throws Exception {
            return action.answer(request, parameters);
        }
    }

    private record Route(String method, List<String> parts, String name, Action action) {}

    private final List<Route> routes = new ArrayList<>();

    Routes on(String method, String template, Action action) {
        routes.add(new Route(method, parts(template), method + " " + template, action));
        return this;
    }

    Optional<Match> find(Request request) {
        List<String> path = List.of(request.segments());
        for (Route route : routes) {
            if (route.method.equals(request.method())) {
                Optional<List<String>> parameters = fit(route.parts, path);
                if (parameters.isPresent()) {
                    return Optional.of(new Match(route.name, route.action, parameters.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<List<String>> fit(List<String> parts, List<String> path) {
        if (parts.size() != path.size()) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            if (parts.get(index).startsWith("{")) {
                parameters.add(path.get(index));
            } else if (!parts.get(index).equals(path.get(index))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static List<String> parts(String template) {
        return List.of(template.substring(1).split("/", -1));
    }
}
