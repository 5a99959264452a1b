package com.eventuall.chat.reactions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of a message, a JSON object in which the reactions have two fields:
 *
 * <pre>{"reactions":{"heart":["u1","u7"]},"reactionCounts":{"heart":240}}</pre>
 *
 * {@code reactionCounts} names only emojis whose ids did not all fit. Every other field belongs to somebody else and is
 * kept.
 */
public final class MessageAttributes {
    /** Twilio refuses longer attributes; counted in UTF-8, which is never less than what it counts. */
    public static final int MAX_BYTES = 4096;

    private static final String REACTIONS = "reactions";
    private static final String COUNTS = "reactionCounts";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode root;

    private MessageAttributes(ObjectNode root) {
        this.root = root;
    }

    /** Reads attributes. What is not a JSON object holds no reactions and cannot be kept. */
    public static MessageAttributes parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            return new MessageAttributes(node instanceof ObjectNode object ? object : JSON.createObjectNode());
        } catch (JsonProcessingException e) {
            return new MessageAttributes(JSON.createObjectNode());
        }
    }

    /** The reactions as far as the attributes tell them; entries of another shape are skipped. */
    public List<Reaction> reactions() {
        List<Reaction> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : root.path(REACTIONS).properties()) {
            List<String> ids = new ArrayList<>();
            for (JsonNode id : entry.getValue()) {
                if (id.isTextual() && !ids.contains(id.textValue())) {
                    ids.add(id.textValue());
                }
            }
            long count =
                    Math.max(ids.size(), root.path(COUNTS).path(entry.getKey()).asLong());
            if (count > 0) {
                found.add(new Reaction(entry.getKey(), ids, count));
            }
        }
        return found;
    }

    /**
     * The attributes with these reactions in place of the old ones, as JSON of at most {@link #MAX_BYTES} bytes: with as many
     * ids per emoji as fit, the same limit for each, then counts.
     *
     * @return empty if the other fields leave no room even for the counts
     */
    public Optional<String> with(List<Reaction> reactions) {
        int longest =
                reactions.stream().mapToInt(each -> each.userIds().size()).max().orElse(0);
        String all = render(reactions, longest);
        if (fits(all)) {
            return Optional.of(all);
        }
        int fitting = -1;
        int tooMany = longest;
        while (fitting + 1 < tooMany) {
            int middle = (fitting + tooMany) >>> 1;
            if (fits(render(reactions, middle))) {
                fitting = middle;
            } else {
                tooMany = middle;
            }
        }
        return fitting < 0 ? Optional.empty() : Optional.of(render(reactions, fitting));
    }

    /** Whether these attributes already say what {@link #with} would make of them, so that no write is needed. */
    public boolean saysTheSameAs(String rendered) {
        return root.equals(parse(rendered).root);
    }

    private String render(List<Reaction> reactions, int idsPerEmoji) {
        ObjectNode ids = JSON.createObjectNode();
        ObjectNode counts = JSON.createObjectNode();
        for (Reaction reaction : reactions) {
            int shown = Math.min(idsPerEmoji, reaction.userIds().size());
            ArrayNode list = ids.putArray(reaction.emoji());
            reaction.userIds().subList(0, shown).forEach(list::add);
            if (shown < reaction.count()) {
                counts.put(reaction.emoji(), reaction.count());
            }
        }
        ObjectNode rendered = root.deepCopy();
        rendered.set(REACTIONS, ids);
        if (counts.isEmpty()) {
            rendered.remove(COUNTS);
        } else {
            rendered.set(COUNTS, counts);
        }
        return rendered.toString();
    }

    private static boolean fits(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }
}
