package io.throughline.connectors.subscribers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import io.throughline.domain.event.PublicEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Locale;

/** An event as a CloudEvent 1.0 in its JSON form, data included. */
final class Envelope {
    static final String MEDIA_TYPE = JsonFormat.CONTENT_TYPE;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonFormat format = new JsonFormat();
    private final URI publicUrl;

    Envelope(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** {@code sequence} orders the events of one subject by their texts, as the extension of that name wants it. */
    String of(PublicEvent event) {
        CloudEvent envelope = CloudEventBuilder.v1()
                .withId(event.id())
                .withSource(publicUrl)
                .withType(event.type().fullName())
                .withSubject(event.subject())
                .withTime(event.at().atOffset(ZoneOffset.UTC))
                .withDataSchema(URI.create(publicUrl + "/v1/events/schemas/"
                        + event.type().title() + "/" + event.type().version()))
                .withDataContentType("application/json")
                .withExtension("sequence", String.format(Locale.ROOT, "%012d", event.seq()))
                .withData(JsonCloudEventData.wrap(JSON.<ObjectNode>valueToTree(event.data())))
                .build();
        return new String(format.serialize(envelope), StandardCharsets.UTF_8);
    }
}
