package com.eventuall.chat.twilio;

import com.eventuall.contracts.Role;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Which of the service's conversation roles our roles become: configured, or found by the names that Twilio gives them in a new
 * service. Where there is none, people get the service's default. A role that lets participants write attributes of messages
 * would let them overwrite reactions, so the participant's role must not have that permission.
 */
final class TwilioRoles {
    private static final Logger LOG = Logger.getLogger(TwilioRoles.class);
    private static final String ADMIN = "channel admin";
    private static final String USER = "channel user";
    /** The most that one page may have. */
    private static final int MANY = 50;

    private final TwilioConfig config;
    private final AtomicReference<Map<Role, String>> found = new AtomicReference<>();

    TwilioRoles(TwilioConfig config) {
        this.config = config;
    }

    /** The SID of the role; empty for the service's default. May make a call, once. */
    Optional<String> of(Role role, TwilioRestClient client) {
        Optional<String> configured = role.moderates() ? config.moderatorRoleSid() : config.participantRoleSid();
        if (configured.isPresent()) {
            return configured;
        }
        Map<Role, String> roles = found.get();
        if (roles == null) {
            roles = findOrNone(client);
            found.set(roles);
        }
        return Optional.ofNullable(roles.get(role));
    }

    private Map<Role, String> findOrNone(TwilioRestClient client) {
        try {
            return find(client);
        } catch (ApiException e) {
            // An API key that may not list roles must not keep people out.
            LOG.warnf("The conversation roles cannot be listed (%s); people get the default role", e.getCode());
            return Map.of();
        }
    }

    private Map<Role, String> find(TwilioRestClient client) {
        Map<Role, String> roles = new EnumMap<>(Role.class);
        for (com.twilio.rest.conversations.v1.service.Role each : com.twilio.rest.conversations.v1.service.Role.reader(
                        config.serviceSid())
                .limit(MANY)
                .read(client)) {
            if (each.getType() != com.twilio.rest.conversations.v1.service.Role.RoleType.CONVERSATION) {
                continue;
            }
            if (ADMIN.equals(each.getFriendlyName())) {
                roles.put(Role.MODERATOR, each.getSid());
                roles.put(Role.SERVICE, each.getSid());
            } else if (USER.equals(each.getFriendlyName())) {
                roles.put(Role.PARTICIPANT, each.getSid());
            }
        }
        return roles;
    }
}
