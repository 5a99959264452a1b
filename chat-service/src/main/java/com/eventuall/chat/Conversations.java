package com.eventuall.chat;

import com.eventuall.chat.VendorException.Kind;
import com.eventuall.contracts.Role;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * The vendor of conversations. Every call fails with a {@link VendorException} and with nothing else, has a time limit, and may
 * be repeated: the outcome of a call that failed with {@link VendorException.Kind#UNAVAILABLE} is not known.
 */
public interface Conversations {
    /**
     * A conversation at the vendor.
     *
     * @param sid the vendor's id
     * @param closed whether it is closed, which is for good
     */
    record Conversation(String sid, boolean closed) {}

    /**
     * A conversation that shall exist.
     *
     * @param uniqueName its one name; whoever asks for it gets the same conversation
     * @param friendlyName for people who look at the vendor's console
     * @param attributes a JSON object
     * @param closesAfter the vendor closes it by itself after that time without a message; empty for never
     */
    record Wanted(String uniqueName, String friendlyName, String attributes, Optional<Duration> closesAfter) {}

    /** The conversation of that name, made if there is none. However many ask at once, there is one. */
    Uni<Conversation> ensure(Wanted wanted);

    /** Looks at a conversation. */
    Uni<Conversation> find(String conversationSid);

    /**
     * Completes if a conversation does not exist (any more), for callers who were told that something does not. Fails with
     * {@link Kind#REFUSED} if it does.
     */
    default Uni<Void> confirmGone(String conversationSid) {
        return find(conversationSid)
                .<Void>chain(found -> Uni.createFrom()
                        .failure(
                                new VendorException(Kind.REFUSED, "Nobody can join, though the conversation is there")))
                .onFailure(failure -> VendorException.is(failure, Kind.NOT_FOUND))
                .recoverWithNull();
    }

    /**
     * Completes if a conversation is closed, for callers whose call was refused: that may be the reason. Fails with the refusal
     * if it is not.
     */
    default Uni<Void> confirmClosed(String conversationSid, Throwable refusal) {
        return find(conversationSid)
                .chain(found -> found.closed()
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(refusal));
    }

    /** Closes a conversation for good. One that is closed or gone is success. */
    Uni<Void> close(String conversationSid);

    /** Lets a person in, with the rights of the role. One who is in is success. */
    Uni<Void> join(String conversationSid, String userId, Role role);

    /** Takes a person out. One who is not in is success. */
    Uni<Void> leave(String conversationSid, String userId);

    /** The attributes of a message, as JSON. */
    Uni<String> attributes(MessageRef message);

    /** Replaces the attributes of a message. The vendor has no conditional write: there must be one writer at a time. */
    Uni<Void> setAttributes(MessageRef message, String json);
}
