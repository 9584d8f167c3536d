package io.throughline.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How PostgreSQL's programs are run, which refuse to run as root: as they are for an ordinary user; for root in a user namespace of
 * their own, or, where a container forbids that, as nobody with the one capability that lets them reach a directory of root's.
 */
final class UnprivilegedLauncher {
    private static final String NOBODY = "65534";

    private final List<String> prefix;
    private final boolean ownsFiles;

    private UnprivilegedLauncher(List<String> prefix, boolean ownsFiles) {
        this.prefix = List.copyOf(prefix);
        this.ownsFiles = ownsFiles;
    }

    static UnprivilegedLauncher detect() {
        if (!Command.of("id", "-u").run().output().strip().equals("0")) {
            return new UnprivilegedLauncher(List.of(), false);
        }
        return userNamespace()
                .or(UnprivilegedLauncher::nobody)
                .orElseThrow(
                        () -> new StackException(
                                "PostgreSQL refuses to run as root, and this machine allows root neither a user"
                                        + " namespace (unshare -U) nor to become nobody (setpriv). Run Throughline as an ordinary user."));
    }

    static Optional<UnprivilegedLauncher> userNamespace() {
        return usable(new UnprivilegedLauncher(List.of("unshare", "-U"), false));
    }

    static Optional<UnprivilegedLauncher> nobody() {
        // Without no_setuid_fixup, access(2) ignores the capability, and PostgreSQL does not find its own programs
        // below /root.
        return usable(new UnprivilegedLauncher(
                List.of(
                        "setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--securebits=+no_setuid_fixup",
                        "--inh-caps=+dac_override",
                        "--ambient-caps=+dac_override"),
                true));
    }

    private static Optional<UnprivilegedLauncher> usable(UnprivilegedLauncher launcher) {
        return launcher.command(List.of("true")).run().succeeded() ? Optional.of(launcher) : Optional.empty();
    }

    Command command(List<String> words) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(words);
        return Command.of(all);
    }

    /** Gives the directory to whoever PostgreSQL runs as: it accepts only a data directory of its own. */
    void own(Path directory) {
        if (ownsFiles) {
            Command.of("chown", "-R", NOBODY + ":" + NOBODY, directory.toString())
                    .run();
        }
    }
}
