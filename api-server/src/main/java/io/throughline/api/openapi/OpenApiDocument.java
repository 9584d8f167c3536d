package io.throughline.api.openapi;

import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.throughline.api.access.AccessRules;
import io.throughline.api.access.Allow;
import io.throughline.api.http.Keyed;
import io.throughline.api.order.IdempotencyKey;
import io.throughline.api.problem.Problem;
import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.measure.Contracts;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The OpenAPI 3.1 document, made from the resource classes themselves: what each operation takes and gives, which roles it admits
 * ({@code x-roles}), whose contract it is ({@code x-owner}) and which problems it may answer with.
 */
public final class OpenApiDocument {
    /** The extension that names the roles of which a caller needs one. */
    public static final String ROLES = "x-roles";

    /** The extension that names the group whose contract an operation is. */
    public static final String OWNER = "x-owner";

    private static final String WEBHOOKS = "/webhooks/";

    private static final String SCHEME = "apiKey";
    private static final Map<String, String> ALWAYS = Map.of(
            "400", "The request can't be read, or has a query parameter that the operation does not name",
            "405", "The method is not allowed here",
            "406", "None of the accepted media types is offered",
            "414", "The address is too long",
            "431", "The headers are too large",
            "500", "Something is wrong on our side",
            "503", "The database does not answer; try again shortly");
    private static final Map<String, String> WITH_KEY =
            Map.of("401", "A valid API key is needed", "403", "The key does not have a role that is needed");
    private static final Map<String, String> WITH_BODY = Map.of(
            "408", "The body came too slowly",
            "413", "The body is too large",
            "415", "The body's media type or encoding is not supported",
            "422", "The content breaks a rule");

    /** Where what is asked for is named by a parameter, and not by the path. */
    private static final Set<String> NAMED_BY_QUERY = Set.of("/v1/lookup", "/v1/prices");

    static {
        Json31.mapper().registerModule(new Jdk8Module());
        ModelConverters.getInstance(true).addConverter(new RequiredComponents());
    }

    private OpenApiDocument() {}

    /** The document, as JSON. */
    public static String of(Collection<Class<?>> resources, URI publicUrl, Contracts contracts) {
        OpenAPI document = new Reader(
                        new SwaggerConfiguration().openAPI(base(publicUrl)).openAPI31(true))
                .read(new LinkedHashSet<>(resources));
        Map<String, Method> methods = methodsByOperation(resources);
        document.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> {
                    complete(path, operation, method(methods, operation));
                    owner(path, operation, contracts).ifPresent(owner -> operation.addExtension(OWNER, owner.name()));
                }));
        ModelConverters.getInstance(true)
                .readAll(new AnnotatedType(Problem.class))
                .forEach(document.getComponents()::addSchemas);
        return Json31.pretty(document);
    }

    private static OpenAPI base(URI publicUrl) {
        return new OpenAPI()
                .openapi("3.1.0")
                .info(new Info()
                        .title("Throughline")
                        .version("1")
                        .description(
                                "Orders, where they stand, and what needs a person. Amounts are decimal strings with"
                                        + " no more decimals than their currency has; instants are ISO 8601; errors are"
                                        + " problem documents. A query parameter that an operation does not name is"
                                        + " refused.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .addServersItem(new Server().url(publicUrl.toString()))
                .components(new Components()
                        .addSecuritySchemes(
                                SCHEME,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API key, tl_<environment>_<id>_<secret>")));
    }

    private static Map<String, Method> methodsByOperation(Collection<Class<?>> resources) {
        return resources.stream()
                .flatMap(AccessRules::methods)
                .filter(method -> method.isAnnotationPresent(io.swagger.v3.oas.annotations.Operation.class))
                .collect(Collectors.toMap(
                        method -> method.getAnnotation(io.swagger.v3.oas.annotations.Operation.class)
                                .operationId(),
                        Function.identity()));
    }

    private static Method method(Map<String, Method> methods, Operation operation) {
        return Optional.ofNullable(methods.get(operation.getOperationId()))
                .orElseThrow(() -> new IllegalStateException("operation " + operation.getOperationId()
                        + " has no resource method that names it: give each method an @Operation with an operationId"));
    }

    private static Optional<Owner> owner(String path, Operation operation, Contracts contracts) {
        return path.startsWith(WEBHOOKS)
                ? contracts.ofWebhooks(path.substring(WEBHOOKS.length()).split("/", 2)[0])
                : Stream.ofNullable(operation.getTags())
                        .flatMap(List::stream)
                        .findFirst()
                        .flatMap(contracts::ofApi);
    }

    private static void complete(String path, Operation operation, Method method) {
        nameSuccess(operation);
        Optional.ofNullable(method.getAnnotation(Keyed.class)).ifPresent(keyed -> describe(keyed, operation));
        Map<String, String> problems = new TreeMap<>(ALWAYS);
        Optional.ofNullable(method.getAnnotation(Allow.class)).ifPresent(allow -> {
            problems.putAll(WITH_KEY);
            operation.addSecurityItem(new SecurityRequirement().addList(SCHEME));
            operation.addExtension(
                    ROLES, Arrays.stream(allow.value()).map(Enum::name).toList());
        });
        if (path.contains("{") || NAMED_BY_QUERY.contains(path)) {
            problems.put("404", "There is nothing of this name");
        }
        if (operation.getRequestBody() != null) {
            problems.putAll(WITH_BODY);
        }
        if (path.startsWith(WEBHOOKS)) {
            problems.put("401", "The signature is not valid");
        }
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                problems.put(status, response.getDescription());
            }
        });
        problems.forEach(
                (status, description) -> operation.getResponses().addApiResponse(status, problem(description)));
    }

    /** What a method returns is described as the answer of any status, unless it is said otherwise. */
    private static void nameSuccess(Operation operation) {
        ApiResponse returned = operation.getResponses().remove(ApiResponses.DEFAULT);
        if (returned != null) {
            operation.getResponses().addApiResponse("200", returned.description("As asked for"));
        }
    }

    private static void describe(Keyed keyed, Operation operation) {
        operation.addParametersItem(new HeaderParameter()
                .name(IdempotencyKey.HEADER)
                .required(!keyed.unlessPreview())
                .description(IdempotencyKey.FORM + ", new for each " + keyed.newForEach()
                        + (keyed.unlessPreview() ? "; not needed for a preview" : ""))
                .schema(text().maxLength(IdempotencyKey.LONGEST)));
        ApiResponse stored = operation.getResponses().get("202");
        if (stored != null && !keyed.leadsTo().isEmpty()) {
            stored.addHeaderObject(
                            HttpHeaders.LOCATION,
                            new Header()
                                    .description("Where the " + keyed.leadsTo() + "'s status is")
                                    .schema(text()))
                    .addHeaderObject(
                            IdempotencyKey.REPLAYED,
                            new Header()
                                    .description("true when this is the answer to an earlier request")
                                    .schema(text()));
        }
    }

    private static Schema<?> text() {
        return new Schema<String>().types(Set.of("string"));
    }

    private static ApiResponse problem(String description) {
        Schema<?> schema = new Schema<>().$ref("#/components/schemas/Problem");
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(schema)));
    }

    /** The names of the statuses that every operation may answer with. */
    public static List<String> alwaysPossible() {
        return ALWAYS.keySet().stream().sorted().toList();
    }
}
