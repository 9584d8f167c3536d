package io.throughline.e2e;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.throughline.local.Main;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that a page may name: requests of the API, words of the front door, and those of the tools beside it. */
final class Commands {
    private static final Pattern QUOTED =
            Pattern.compile("`((?:GET|POST|DELETE) /|\\./throughline |temporal |docker )([^`]*)`");
    private static final Pattern PLACE = Pattern.compile("\\{[^}/]*}|<[^>/]*>");
    private static final Pattern VERB = Pattern.compile("(?m)^    ([a-z| ]+)\\)$");
    private static final Map<Class<? extends Annotation>, String> METHODS =
            Map.of(GET.class, "GET", POST.class, "POST", DELETE.class, "DELETE");

    /** Beginnings of what the tools know; the flags of Temporal's client are held against its help where it lies, in {@code local}. */
    private static final List<String> OF_TOOLS = List.of(
            "temporal workflow describe ",
            "temporal workflow reset ",
            "temporal workflow show ",
            "temporal workflow signal ",
            "temporal workflow terminate ",
            "temporal task-queue describe ",
            "docker compose exec ",
            "docker compose logs ",
            "docker compose ps",
            "docker compose up ");

    /** Of compose, what is told of a service names it after its flags: {@code logs --tail 100 worker}. */
    private static final Pattern OF_SERVICE =
            Pattern.compile("docker compose (?:exec|logs|up)(?: --?[a-z]+(?: [0-9]+)?)* ([a-z<][a-z>-]*).*");

    private final Set<String> requests;
    private final String frontDoor;
    private final Set<String> services;

    private Commands(Set<String> requests, String frontDoor, Set<String> services) {
        this.requests = Set.copyOf(requests);
        this.frontDoor = frontDoor;
        this.services = Set.copyOf(services);
    }

    static Commands known() {
        Set<String> requests = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter().importPackages("io.throughline.api")) {
            if (resource.isAnnotatedWith(Path.class)) {
                String root = resource.getAnnotationOfType(Path.class).value();
                resource.getMethods()
                        .forEach(method -> METHODS.forEach((annotation, name) -> {
                            if (method.isAnnotatedWith(annotation)) {
                                requests.add(name + " " + places(root + own(method)));
                            }
                        }));
            }
        }
        try {
            return new Commands(requests, Files.readString(House.project().resolve("throughline")), services());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> services() throws IOException {
        Set<String> services = new TreeSet<>(Set.of("<service>"));
        Alerts.read(House.project().resolve("docker-compose.yml"))
                .path("services")
                .fieldNames()
                .forEachRemaining(services::add);
        return services;
    }

    private static String own(JavaMethod method) {
        if (!method.isAnnotatedWith(Path.class)) {
            return "";
        }
        String path = method.getAnnotationOfType(Path.class).value();
        return path.startsWith("/") ? path : "/" + path;
    }

    private static String places(String path) {
        return PLACE.matcher(path).replaceAll("{}");
    }

    /** What a page has between back quotes and begins as a command does. */
    static List<String> in(String page) {
        return QUOTED.matcher(page)
                .results()
                .map(MatchResult::group)
                .map(quoted -> quoted.substring(1, quoted.length() - 1))
                .toList();
    }

    boolean has(String command) {
        if (command.startsWith("./throughline ")) {
            return isFrontDoors(command.substring("./throughline ".length())
                    .replace("<number>", "1")
                    .split(" "));
        }
        Matcher ofService = OF_SERVICE.matcher(command);
        if (ofService.matches() && !services.contains(ofService.group(1))) {
            return false;
        }
        return OF_TOOLS.stream().anyMatch(known -> (command + " ").startsWith(known))
                || requests.contains(places(command.replaceFirst("\\?.*", "")));
    }

    /** The first word is a case of the script; all words of {@code admin} are read as it reads them. */
    private boolean isFrontDoors(String[] words) {
        boolean known = VERB.matcher(frontDoor)
                .results()
                .flatMap(verbs -> Stream.of(verbs.group(1).split("[ |]+")))
                .anyMatch(words[0]::equals);
        return known
                && (!words[0].equals("admin")
                        || Main.understandsAdmin(List.of(words).subList(1, words.length)));
    }
}
