package io.throughline.api.access;

import jakarta.ws.rs.HttpMethod;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** That each resource method says who may call it. Checked at the start, so that a forgotten one is noticed there and not by a caller. */
public final class AccessRules {
    private AccessRules() {}

    /** Throws when a resource method has neither {@link Allow} nor {@link Public}, or has both. */
    public static void check(Collection<Class<?>> resources) {
        List<String> wrong = resources.stream()
                .flatMap(AccessRules::methods)
                .filter(method -> method.isAnnotationPresent(Allow.class) == method.isAnnotationPresent(Public.class))
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .sorted()
                .toList();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("these resource methods need either @Allow or @Public: " + wrong);
        }
    }

    /** The methods of a resource class that answer requests. */
    public static Stream<Method> methods(Class<?> resource) {
        return Arrays.stream(resource.getMethods())
                .filter(method -> Arrays.stream(method.getAnnotations())
                        .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class)));
    }
}
