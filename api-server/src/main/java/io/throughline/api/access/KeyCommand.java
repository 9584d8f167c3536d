package io.throughline.api.access;

import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.runtime.DatabaseSettings;
import io.throughline.store.Database;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code key --owner NAME --roles ADMIN,SUPPORT [--facilities ST-HARBOR]}: makes an API key and prints it. For the first key, when nobody
 * has one yet.
 */
public final class KeyCommand extends Command {
    private final Map<String, String> environment;

    public KeyCommand(Map<String, String> environment) {
        super("key", "Makes an API key and prints it, once.");
        this.environment = environment;
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("--owner").required(true).help("whose key it is");
        parser.addArgument("--roles").required(true).help("comma-separated, of " + Arrays.toString(Role.values()));
        parser.addArgument("--facilities")
                .setDefault("")
                .help("comma-separated, whose work the role STORE is good for");
    }

    @Override
    public void run(Bootstrap<?> bootstrap, Namespace arguments) {
        Clock clock = Clock.systemUTC();
        try (Database database =
                Database.open(DatabaseSettings.from(environment).toConfig(), clock)) {
            KeyRing keys = new KeyRing(
                    database.apiKeys(), environment.getOrDefault("THROUGHLINE_ENVIRONMENT", "local"), clock);
            Set<Role> roles = Arrays.stream(arguments.getString("roles").split(",", -1))
                    .map(String::strip)
                    .map(Role::valueOf)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
            Set<FacilityId> facilities = Arrays.stream(
                            arguments.getString("facilities").split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .map(FacilityId::new)
                    .collect(Collectors.toSet());
            System.out.println(keys.make(arguments.getString("owner"), roles, facilities, Optional.empty())
                    .reveal());
        }
    }
}
