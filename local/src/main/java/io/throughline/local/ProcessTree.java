package io.throughline.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process and everything it started. PostgreSQL's backends each lead a process group of their own, so a signal to the
 * postmaster's group would miss them: the tree is walked instead.
 */
record ProcessTree(ProcessHandle root) {
    private static final Duration DEATH_TIMEOUT = Duration.ofSeconds(15);

    void kill() {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> awaitEnd(member, DEATH_TIMEOUT));
    }

    void pause() {
        // A parent may fork between the walk and the signal: repeat until the walk finds nobody new.
        Set<ProcessHandle> stopped = new LinkedHashSet<>();
        List<ProcessHandle> running = family();
        while (!running.isEmpty()) {
            signal("STOP", running);
            stopped.addAll(running);
            running = family().stream()
                    .filter(member -> !stopped.contains(member))
                    .toList();
        }
    }

    void resume() {
        signal("CONT", family());
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>();
        if (root.isAlive()) {
            family.add(root);
        }
        root.descendants().forEach(family::add);
        return family;
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        Command.of(command).run();
    }

    /** True when the process ended within the time. */
    static boolean awaitEnd(ProcessHandle process, Duration timeout) {
        try {
            process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new StackException("cannot wait for process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
