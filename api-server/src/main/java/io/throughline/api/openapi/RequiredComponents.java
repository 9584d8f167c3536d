package io.throughline.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Says in a record's schema which components must be there: all that are neither optional nor empty by default. */
final class RequiredComponents implements ModelConverter {
    private final Map<String, Class<?>> owners = new ConcurrentHashMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        JavaType java = Json31.mapper().constructType(type.getType());
        if (schema != null && java != null && java.getRawClass().isRecord()) {
            claim(schema, java.getRawClass());
            require(java.getRawClass(), definition(schema, context));
        }
        return schema;
    }

    /** Two records of one name would be described as if they were one. */
    private void claim(Schema<?> schema, Class<?> record) {
        if (schema.get$ref() == null) {
            return;
        }
        Class<?> owner = owners.putIfAbsent(schema.get$ref(), record);
        if (owner != null && owner != record) {
            throw new IllegalStateException(schema.get$ref() + " would mean both " + owner.getName() + " and "
                    + record.getName() + ": give one of them another name with @Schema(name = …)");
        }
    }

    private static Schema<?> definition(Schema<?> schema, ModelConverterContext context) {
        String reference = schema.get$ref();
        if (reference == null) {
            return schema;
        }
        Schema<?> defined = context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
        return defined == null ? schema : defined;
    }

    private static void require(Class<?> record, Schema<?> schema) {
        Map<String, ?> properties =
                Optional.<Map<String, ?>>ofNullable(schema.getProperties()).orElse(Map.of());
        for (RecordComponent component : record.getRecordComponents()) {
            boolean mayLack = component.getType() == Optional.class
                    || component.getAccessor().isAnnotationPresent(JsonSetter.class)
                    || component.getAccessor().isAnnotationPresent(JsonInclude.class);
            boolean listed =
                    schema.getRequired() != null && schema.getRequired().contains(component.getName());
            if (!mayLack && !listed && properties.containsKey(component.getName())) {
                schema.addRequiredItem(component.getName());
            }
        }
    }
}
