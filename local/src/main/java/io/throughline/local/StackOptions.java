package io.throughline.local;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a stack consists of and where it keeps itself.
 *
 * @param directory keeps databases, logs and ports between runs
 * @param project the root of the project, where the configuration is
 * @param fixedPorts whether well-known ports are taken where they are free
 * @param parts which processes are started; {@link StackPart#ERP} is the real Tryton, without it the sandbox's stands in
 * @param temporal the Temporal program, or empty to find the best one
 * @param environment more variables for Throughline's own processes; they outdo the stack's own
 * @param classCaches keeps what the JVM learned of the processes' classes; empty to start without
 * @param mainClasses other main classes than the real ones, for tests of the stack itself
 */
public record StackOptions(
        Path directory,
        Path project,
        boolean fixedPorts,
        Set<StackPart> parts,
        Optional<TemporalProgram> temporal,
        Map<String, String> environment,
        Optional<Path> classCaches,
        Map<StackPart, String> mainClasses) {
    private static final Map<StackPart, String> MAIN_CLASSES = Map.of(
            StackPart.SANDBOX, "io.throughline.sandbox.SandboxMain",
            StackPart.WORKER, "io.throughline.worker.WorkerMain",
            StackPart.API_SERVER, "io.throughline.api.ApiServerMain");

    public StackOptions {
        parts = Set.copyOf(parts);
        environment = Map.copyOf(environment);
        mainClasses = Map.copyOf(mainClasses);
    }

    /** Everything with the sandbox's ERP, on well-known ports where they are free. */
    public static StackOptions standard(Path directory, Path project) {
        return new StackOptions(
                directory,
                project,
                true,
                EnumSet.complementOf(EnumSet.of(StackPart.ERP)),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                MAIN_CLASSES);
    }

    /** For a test: ports of its own, so that several stacks run at once. */
    public static StackOptions isolated(Path directory, Path project) {
        return standard(directory, project).withFixedPorts(false);
    }

    public StackOptions in(Path other) {
        return new StackOptions(other, project, fixedPorts, parts, temporal, environment, classCaches, mainClasses);
    }

    public StackOptions withFixedPorts(boolean fixed) {
        return new StackOptions(directory, project, fixed, parts, temporal, environment, classCaches, mainClasses);
    }

    public StackOptions withParts(Set<StackPart> chosen) {
        return new StackOptions(
                directory, project, fixedPorts, chosen, temporal, environment, classCaches, mainClasses);
    }

    public StackOptions withRealTryton() {
        Set<StackPart> more = EnumSet.copyOf(parts);
        more.add(StackPart.ERP);
        return withParts(more);
    }

    public StackOptions withTemporal(TemporalProgram program) {
        return new StackOptions(
                directory, project, fixedPorts, parts, Optional.of(program), environment, classCaches, mainClasses);
    }

    public StackOptions withEnvironment(Map<String, String> variables) {
        return new StackOptions(directory, project, fixedPorts, parts, temporal, variables, classCaches, mainClasses);
    }

    /** For whoever starts many stacks; the caches are made by a {@link ClassLesson}. */
    public StackOptions withClassCaches(Path kept) {
        return new StackOptions(
                directory, project, fixedPorts, parts, temporal, environment, Optional.of(kept), mainClasses);
    }

    StackOptions withMainClasses(Map<StackPart, String> classes) {
        return new StackOptions(directory, project, fixedPorts, parts, temporal, environment, classCaches, classes);
    }

    String mainClass(StackPart part) {
        return Optional.ofNullable(mainClasses.get(part))
                .orElseThrow(() ->
                        new IllegalArgumentException(part.label() + " is not one of Throughline's own processes"));
    }
}
