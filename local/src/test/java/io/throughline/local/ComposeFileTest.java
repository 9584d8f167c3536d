package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** No container engine runs in the build: what can be checked without one is checked here. */
final class ComposeFileTest {
    private static final Path PROJECT = Main.projectDirectory();
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+[A-Za-z0-9._-]*");
    private static final Pattern REQUIRED_VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):\\?[^}]+}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Z_]+)[^}]*}?");
    private static final Pattern DEFAULT = Pattern.compile("^\\$\\{[A-Z_]+:-([^}]+)}");
    private static final Pattern SECRET_NAME = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|KEY|PWD)$");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![a-z0-9.-])(postgres|temporal|tryton|worker|api-server|sandbox):(\\d{4})(?![\\d.])");

    /** No deployment halts itself on purpose. */
    private static final Set<String> FOR_FAULT_TESTS =
            Set.of("THROUGHLINE_HALT_AT", "THROUGHLINE_HALT_BY", "THROUGHLINE_HALT_MARKERS");

    /** By {@code DatabaseSettings} and {@code WorkerApplication}; {@code TEMPORAL_*} by Temporal's own library. */
    private static final Set<String> READ_BY_THE_PROCESSES_THEMSELVES = Set.of(
            "THROUGHLINE_DATABASE_URL",
            "THROUGHLINE_DATABASE_USER",
            "THROUGHLINE_DATABASE_PASSWORD",
            "THROUGHLINE_DATABASE_POOL_SIZE");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode compose = load(PROJECT.resolve("docker-compose.yml"));

    @Test
    void isValidByTheComposeSpecification() throws IOException {
        assertThat(violations(compose)).isEmpty();
    }

    @Test
    void theSchemaRefusesAServiceThatIsNotOne() throws IOException {
        JsonNode wrong = new YAMLMapper().readTree("services: {worker: {imagee: x, healthcheck: {tets: [CMD]}}}");

        assertThat(violations(wrong)).isNotEmpty();
    }

    @Test
    void everyPathThatItNamesExists() {
        List<String> paths = new ArrayList<>();
        services().forEach((name, service) -> {
            if (service.has("build")) {
                paths.add(service.at("/build/context").asText());
                paths.add(service.at("/build/dockerfile").asText());
            }
            service.path("volumes").forEach(volume -> {
                String source = DEFAULT.matcher(volume.asText()).replaceFirst("$1");
                if (source.startsWith(".")) {
                    paths.add(source.split(":", 2)[0]);
                }
            });
        });

        assertThat(paths).contains("docker/worker/Dockerfile", "./config/prometheus.yml", "./docker/temporal.toml");
        assertThat(paths).allSatisfy(path -> assertThat(PROJECT.resolve(path)).exists());
    }

    @Test
    void everyImageIsPinned() throws IOException {
        List<String> images = new ArrayList<>();
        services().values().stream()
                .filter(service -> service.has("image"))
                .forEach(service -> images.add(service.path("image").asText()));
        for (Path dockerfile : dockerfiles()) {
            Files.readAllLines(dockerfile).stream()
                    .filter(line -> line.startsWith("FROM "))
                    .forEach(line -> images.add(line.split(" ", -1)[1]));
        }

        assertThat(images).hasSizeGreaterThan(8).allMatch(PINNED.asMatchPredicate());
    }

    @Test
    void everyServiceThatGoesOnRunningHasAHealthCheck() {
        Set<String> finishing = Set.of("temporal-schema", "temporal-namespace");

        services()
                .forEach((name, service) -> assertThat(service.has("healthcheck"))
                        .as("%s has a health check", name)
                        .isNotEqualTo(finishing.contains(name)));
    }

    @Test
    void noSecretIsWrittenIntoIt() {
        services()
                .forEach((name, service) -> service.path("environment")
                        .properties()
                        .forEach(variable -> {
                            if (SECRET_NAME.matcher(variable.getKey()).matches()
                                    && !variable.getValue().isNull()) {
                                assertThat(variable.getValue().asText())
                                        .as("%s of %s", variable.getKey(), name)
                                        .matches(REQUIRED_VARIABLE);
                            }
                        }));
    }

    @Test
    void everyVariableThatItNeedsIsInTheExampleAndEveryOtherIsNamedThere() throws IOException {
        Set<String> needed = new TreeSet<>();
        REQUIRED_VARIABLE.matcher(compose.toString()).results().forEach(match -> needed.add(match.group(1)));
        Set<String> optional = new TreeSet<>();
        VARIABLE.matcher(compose.toString()).results().forEach(match -> optional.add(match.group(1)));
        services()
                .values()
                .forEach(service -> service.path("environment").properties().stream()
                        .filter(variable -> variable.getValue().isNull())
                        .forEach(variable -> optional.add(variable.getKey())));
        optional.removeAll(needed);

        assertThat(example(line -> !line.startsWith("#"))).containsExactlyInAnyOrderElementsOf(needed);
        assertThat(example(line -> line.matches("#[A-Z_]+=.*"))).containsExactlyInAnyOrderElementsOf(optional);
    }

    private static List<String> example(Predicate<String> wanted) throws IOException {
        return Files.readAllLines(PROJECT.resolve("docker/example.env")).stream()
                .filter(wanted)
                .filter(line -> line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')).replace("#", ""))
                .toList();
    }

    @Test
    void everyVariableOfAConfigurationFileReachesTheProcessThatReadsIt() throws IOException {
        Set<String> retailer = variablesOf("config/retailer.yml");
        for (Map.Entry<String, String> process : Map.of(
                        "worker", "config/worker.yml", "api-server", "config/api-server.yml")
                .entrySet()) {
            Set<String> read = new TreeSet<>(variablesOf(process.getValue()));
            read.addAll(retailer);
            read.removeAll(FOR_FAULT_TESTS);

            assertThat(environmentOf(process.getKey())).as(process.getKey()).containsAll(read);
        }
        assertThat(retailer).contains("NORTHWIND_MODE", "MAIL_API_KEY");
    }

    @Test
    void everyVariableThatAProcessGetsIsReadByOne() throws IOException {
        Set<String> read = new TreeSet<>(READ_BY_THE_PROCESSES_THEMSELVES);
        for (String file : List.of("config/retailer.yml", "config/worker.yml", "config/api-server.yml")) {
            read.addAll(variablesOf(file));
        }
        for (String process : List.of("worker", "api-server")) {
            assertThat(environmentOf(process))
                    .as(process)
                    .allMatch(name -> read.contains(name) || name.startsWith("TEMPORAL_"));
        }
    }

    @Test
    void everyAddressLeadsToAPortOfItsService() throws IOException {
        Map<String, Set<String>> ports =
                new LinkedHashMap<>(Map.of("postgres", Set.of("5432"), "temporal", Set.of("7233", "8000")));
        for (Map.Entry<String, JsonNode> service : services().entrySet()) {
            if (service.getValue().has("build")) {
                ports.put(
                        service.getKey(),
                        exposed(service.getValue().at("/build/dockerfile").asText()));
            }
        }
        String addresses = compose
                + Files.readString(PROJECT.resolve("docker/example.env"))
                + load(PROJECT.resolve("config/prometheus.yml"));
        List<MatchResult> found = ADDRESS.matcher(addresses).results().toList();

        assertThat(found)
                .hasSizeGreaterThan(8)
                .allSatisfy(address -> assertThat(ports.getOrDefault(address.group(1), Set.of()))
                        .as(address.group())
                        .contains(address.group(2)));
        services().forEach((name, service) -> {
            List<String> check = service.at("/healthcheck/test")
                    .valueStream()
                    .map(JsonNode::asText)
                    .toList();
            if (check.contains("/app/healthy.sh")) {
                assertThat(ports.getOrDefault(name, Set.of())).contains(check.get(2));
            }
            service.path("environment").properties().stream()
                    .filter(variable ->
                            ports.containsKey(name) && variable.getKey().endsWith("_PORT") && service.has("build"))
                    .forEach(variable -> assertThat(ports.getOrDefault(name, Set.of()))
                            .as(variable.getKey())
                            .contains(variable.getValue().asText()));
        });
    }

    @Test
    void whatTrytonsImageInstallsCanBeReadByTheUserThatServes() throws IOException {
        String dockerfile = Files.readString(PROJECT.resolve("docker/tryton/Dockerfile"));

        assertThat(Files.readString(PROJECT.resolve("connectors/tryton/real/tryton.sh")))
                .as("this is why")
                .contains("umask 077");
        assertThat(dockerfile)
                .containsSubsequence(
                        "COPY docker/tryton/start.sh", "install /opt/tryton && chmod -R a+rX /opt/tryton", "USER ");
    }

    @Test
    void theWorkerReadsAProfileOfTemporalsFromWhereItsFileIsMounted() throws IOException {
        JsonNode worker = compose.at("/services/worker");
        String file = worker.at("/environment/TEMPORAL_CONFIG_FILE").asText();

        assertThat(worker.path("volumes").valueStream().map(JsonNode::asText))
                .contains("${TEMPORAL_CONFIG_FILE:-./docker/temporal.toml}:" + file + ":ro");
        assertThat(environmentOf("worker")).contains("TEMPORAL_PROFILE");
        assertThat(worker.at("/environment/TEMPORAL_ADDRESS").isNull())
                .as("an address of its own would go before every profile's")
                .isTrue();
        assertThat(Files.readString(PROJECT.resolve("docker/temporal.toml")))
                .contains("[profile.default]\naddress = \"temporal:7233\"");
    }

    @Test
    void theReadmeStartsWhatTheExamplePointsTo() throws IOException {
        String command = "docker compose --env-file docker/example.env --profile sandbox up --build";

        assertThat(compose.at("/services/sandbox/profiles/0").asText()).isEqualTo("sandbox");
        assertThat(Files.readString(PROJECT.resolve("docker/example.env"))).contains("=http://sandbox:");
        assertThat(Files.readString(PROJECT.resolve("README.md"))).contains(command, "api-server key --owner");
        assertThat(Files.readString(PROJECT.resolve("docker-compose.yml"))).contains(command);
    }

    private static Set<String> variablesOf(String file) throws IOException {
        Set<String> variables = new TreeSet<>();
        VARIABLE.matcher(Files.readString(PROJECT.resolve(file)))
                .results()
                .forEach(found -> variables.add(found.group(1)));
        variables.removeAll(Set.of("NAME"));
        return variables;
    }

    private Set<String> environmentOf(String service) {
        Set<String> names = new TreeSet<>();
        compose.at("/services/" + service + "/environment").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> exposed(String dockerfile) throws IOException {
        return Files.readAllLines(PROJECT.resolve(dockerfile)).stream()
                .filter(line -> line.startsWith("EXPOSE "))
                .flatMap(line -> Stream.of(line.split(" ", -1)).skip(1))
                .collect(Collectors.toSet());
    }

    @Test
    void everyDockerfileCopiesWhatExistsAndRunsAsNobodyInParticular() throws IOException {
        for (Path dockerfile : dockerfiles()) {
            List<String> lines = Files.readAllLines(dockerfile);
            assertThat(lines).as(dockerfile.toString()).contains("USER 10001");
            assertThat(lines.stream().filter(line -> line.startsWith("COPY ") && !line.contains("--from")))
                    .allSatisfy(line ->
                            assertThat(PROJECT.resolve(line.split(" ", -1)[1])).exists());
        }
    }

    @Test
    void theProcessesAreStartedByTheirMainClasses() throws IOException {
        Map<String, String> mainClasses = Map.of(
                "worker", "io.throughline.worker.WorkerMain",
                "api-server", "io.throughline.api.ApiServerMain",
                "sandbox", "io.throughline.sandbox.SandboxMain");
        for (Map.Entry<String, String> process : mainClasses.entrySet()) {
            assertThat(Files.readString(PROJECT.resolve("docker/" + process.getKey() + "/Dockerfile")))
                    .contains("\"" + process.getValue() + "\"");
        }
    }

    @Test
    void theNamespaceGetsTheSearchAttributesOfTheEmbeddedServer() throws IOException {
        String script = Files.readString(PROJECT.resolve("docker/temporal/create-namespace.sh"));

        TemporalNamespace.SEARCH_ATTRIBUTES.forEach((name, type) -> assertThat(script)
                .containsIgnoringCase(name + "="
                        + type.name().replace("INDEXED_VALUE_TYPE_", "").replace("_", "")));
        assertThat(script).contains("--retention " + TemporalNamespace.RETENTION_DAYS + "d");
    }

    @Test
    void prometheusReadsTheProcessesByTheNamesAndPortsOfTheServices() {
        JsonNode prometheus = load(PROJECT.resolve("config/prometheus.yml"));

        assertThat(prometheus.findValuesAsText("job_name")).containsExactly("worker", "api-server", "temporal");
        prometheus.path("scrape_configs").forEach(job -> {
            String target = job.at("/static_configs/0/targets/0").asText();
            assertThat(services()).containsKey(target.split(":", 2)[0]);
        });
    }

    private static List<String> violations(JsonNode document) throws IOException {
        try (InputStream source = ComposeFileTest.class.getResourceAsStream("/compose/compose-spec.json")) {
            String text = new String(Optional.ofNullable(source).orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            SchemaLocation.of("https://compose-spec.example/compose_spec.json"),
                            text,
                            InputFormat.JSON);
            return schema.validate(document.toString(), InputFormat.JSON).stream()
                    .map(Error::toString)
                    .toList();
        }
    }

    private Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new LinkedHashMap<>();
        compose.path("services").properties().forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }

    private static List<Path> dockerfiles() throws IOException {
        try (Stream<Path> files = Files.find(
                PROJECT.resolve("docker"),
                3,
                (path, attributes) -> path.getFileName().toString().equals("Dockerfile"))) {
            return files.sorted().toList();
        }
    }

    /** By snakeyaml itself, for Jackson does not resolve merge keys. */
    private static JsonNode load(Path file) {
        try (var reader = Files.newBufferedReader(file)) {
            Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return JSON.valueToTree(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
