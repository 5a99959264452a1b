package com.eventuall.chat.twilio;

import com.eventuall.chat.Conversations;
import com.eventuall.chat.MessageRef;
import com.eventuall.chat.Pace;
import com.eventuall.chat.VendorException;
import com.eventuall.chat.VendorException.Kind;
import com.eventuall.chat.config.ChatConfig;
import com.eventuall.contracts.Role;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.ConversationCreator;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import com.twilio.rest.conversations.v1.service.conversation.ParticipantCreator;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Conversations at Twilio. Changes wait for their turn: Twilio allows 30 a second per conversation, and 30 conversations made a
 * second per service. They are made without the header that would send us webhooks about them: those are for what others do.
 */
@ApplicationScoped
public class TwilioConversations implements Conversations {
    private final TwilioGate gate;
    private final Pace pace;
    private final TwilioRoles roles;
    private final String service;
    private final Duration patience;

    TwilioConversations(TwilioGate gate, Pace pace, TwilioConfig twilio, ChatConfig config) {
        this.gate = gate;
        this.pace = pace;
        this.roles = new TwilioRoles(twilio);
        this.service = twilio.serviceSid();
        this.patience = config.vendor().patience();
    }

    @Override
    public Uni<Conversation> ensure(Wanted wanted) {
        return paced(service, client -> {
                    try {
                        return conversation(creator(wanted).create(client));
                    } catch (ApiException e) {
                        if (TwilioErrors.has(e, TwilioErrors.UNIQUE_NAME_TAKEN)) {
                            return null;
                        }
                        throw e;
                    }
                })
                .onItem()
                .ifNull()
                .switchTo(() -> gate.call(client -> fetch(client, wanted.uniqueName())))
                // Deleted between the two calls: the name is free again.
                .onFailure(failure -> VendorException.is(failure, Kind.NOT_FOUND))
                .transform(failure -> new VendorException(Kind.BUSY, "The conversation is being replaced"));
    }

    private ConversationCreator creator(Wanted wanted) {
        ConversationCreator creator = com.twilio.rest.conversations.v1.service.Conversation.creator(service)
                .setUniqueName(wanted.uniqueName())
                .setFriendlyName(wanted.friendlyName())
                .setAttributes(wanted.attributes());
        wanted.closesAfter().ifPresent(after -> creator.setTimersClosed(after.toString()));
        return creator;
    }

    private Conversation fetch(TwilioRestClient client, String name) {
        return conversation(com.twilio.rest.conversations.v1.service.Conversation.fetcher(service, name)
                .fetch(client));
    }

    private static Conversation conversation(com.twilio.rest.conversations.v1.service.Conversation answer) {
        return new Conversation(
                answer.getSid(),
                answer.getState() == com.twilio.rest.conversations.v1.service.Conversation.State.CLOSED);
    }

    @Override
    public Uni<Conversation> find(String conversationSid) {
        return gate.call(client -> fetch(client, conversationSid));
    }

    @Override
    public Uni<Void> close(String conversationSid) {
        return paced(
                        conversationSid,
                        client -> com.twilio.rest.conversations.v1.service.Conversation.updater(
                                        service, conversationSid)
                                .setState(com.twilio.rest.conversations.v1.service.Conversation.State.CLOSED)
                                .update(client))
                .replaceWithVoid()
                .onFailure(failure -> VendorException.is(failure, Kind.NOT_FOUND))
                .recoverWithNull()
                // Whether closing twice is an error is not documented; what counts is that it is closed.
                .onFailure(failure -> VendorException.is(failure, Kind.REFUSED))
                .recoverWithUni(refusal -> confirmClosed(conversationSid, refusal));
    }

    @Override
    public Uni<Void> join(String conversationSid, String userId, Role role) {
        return paced(conversationSid, client -> {
                    Optional<String> roleSid = roles.of(role, client);
                    ParticipantCreator creator =
                            Participant.creator(service, conversationSid).setIdentity(userId);
                    roleSid.ifPresent(creator::setRoleSid);
                    try {
                        creator.create(client);
                    } catch (ApiException e) {
                        if (!TwilioErrors.has(e, TwilioErrors.ALREADY_IN)) {
                            throw e;
                        }
                        roleSid.ifPresent(sid -> correctRole(client, conversationSid, userId, sid));
                    }
                    return conversationSid;
                })
                .replaceWithVoid();
    }

    /** Somebody who is in may have come with another role. */
    private void correctRole(TwilioRestClient client, String conversationSid, String userId, String roleSid) {
        Participant participant =
                Participant.fetcher(service, conversationSid, userId).fetch(client);
        if (!roleSid.equals(participant.getRoleSid())) {
            Participant.updater(service, conversationSid, participant.getSid())
                    .setRoleSid(roleSid)
                    .update(client);
        }
    }

    @Override
    public Uni<Void> leave(String conversationSid, String userId) {
        // Deleting by identity is not documented, fetching by it is.
        return paced(conversationSid, client -> {
                    Participant participant = Participant.fetcher(service, conversationSid, userId)
                            .fetch(client);
                    return Participant.deleter(service, conversationSid, participant.getSid())
                            .delete(client);
                })
                .replaceWithVoid()
                .onFailure(failure -> VendorException.is(failure, Kind.NOT_FOUND))
                .recoverWithNull();
    }

    @Override
    public Uni<String> attributes(MessageRef message) {
        return gate.call(client -> Message.fetcher(service, message.conversationSid(), message.messageSid())
                .fetch(client)
                .getAttributes());
    }

    @Override
    public Uni<Void> setAttributes(MessageRef message, String json) {
        return paced(
                        message.conversationSid(),
                        client -> Message.updater(service, message.conversationSid(), message.messageSid())
                                .setAttributes(json)
                                .update(client))
                .replaceWithVoid();
    }

    private <T> Uni<T> paced(String what, Function<TwilioRestClient, T> call) {
        return pace.turn(what, patience).chain(() -> gate.call(call));
    }
}
