package io.throughline.api.http;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a query parameter that the operation does not have: a filter that is misspelt must not answer with everything, nor a misspelt
 * {@code preview} change something. Which there are is read from the resource methods, as the OpenAPI document is.
 */
public final class KnownParameters implements ContainerRequestFilter {
    private static final String API = "v1/";
    private static final int LONGEST_SHOWN = 100;

    private final Map<Method, SortedSet<String>> known = new ConcurrentHashMap<>();

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource == null ? null : resource.getResourceMethod();
        if (method == null || !request.getUriInfo().getPath().startsWith(API)) {
            return;
        }
        SortedSet<String> names = known.computeIfAbsent(method, KnownParameters::of);
        request.getUriInfo().getQueryParameters().keySet().stream()
                .filter(given -> !names.contains(given))
                .findFirst()
                .ifPresent(given -> {
                    throw new ProblemException(ProblemType.MALFORMED_REQUEST, words(given, names));
                });
    }

    /** Also those that a method reads by itself, and therefore describes by itself. */
    private static SortedSet<String> of(Method method) {
        Stream<String> read = Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .map(parameter -> parameter.getAnnotation(QueryParam.class).value());
        Stream<String> described = Arrays.stream(method.getAnnotationsByType(Parameter.class))
                .filter(parameter -> parameter.in() == ParameterIn.QUERY)
                .map(Parameter::name);
        return Stream.concat(read, described).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String words(String given, SortedSet<String> names) {
        String shown = given.length() > LONGEST_SHOWN ? given.substring(0, LONGEST_SHOWN) + "…" : given;
        return "There is no parameter '" + shown + "' here; "
                + (names.isEmpty() ? "there is none at all." : "there are: " + String.join(", ", names) + ".");
    }
}
