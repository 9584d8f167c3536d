package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;

/** A real Tryton takes seconds for a case, so there are few: what shares its set-up is one case. */
final class RealCasesTest {
    private static final int MOST = 20;

    @Test
    void theRealServerIsPlayedAtMostTwentyCases() throws Exception {
        List<Class<?>> tagged = tagged();
        List<String> cases = new ArrayList<>();
        for (Class<?> type : tagged) {
            for (Method method : methods(type)) {
                if (method.isAnnotationPresent(Test.class)) {
                    cases.add(type.getSimpleName() + "." + method.getName());
                }
                assertThat(isCasesOfUnknownNumber(method)).as(method.toString()).isFalse();
            }
        }

        assertThat(cases).hasSizeBetween(10, MOST);
        assertThat(Files.readString(Path.of("../../throughline")))
                .as("the front door plays them: it leaves nothing out")
                .contains(" -Dtest.excludedGroups= -pl '!e2e' verify");
    }

    private static List<Class<?>> tagged() throws Exception {
        Path here = Path.of(Objects.requireNonNull(RealCasesTest.class.getResource("RealCasesTest.class"))
                        .toURI())
                .resolveSibling(".");
        List<String> names;
        try (Stream<Path> files = Files.list(here)) {
            names = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith("Test.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
        List<Class<?>> tagged = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(RealCasesTest.class.getPackageName() + "." + name);
            if (Stream.of(type.getAnnotationsByType(Tag.class))
                    .anyMatch(tag -> tag.value().equals("real-erp"))) {
                tagged.add(type);
            }
        }
        return tagged;
    }

    /** Its own and those of the contract that it runs. */
    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            methods.addAll(List.of(level.getDeclaredMethods()));
        }
        return methods;
    }

    /** Parameterised, repeated and the like. */
    private static boolean isCasesOfUnknownNumber(Method method) {
        return Stream.of(method.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(TestTemplate.class));
    }
}
