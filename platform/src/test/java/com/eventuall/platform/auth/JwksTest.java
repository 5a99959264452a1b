package com.eventuall.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often the key set is fetched with the settings that all services have. */
class JwksTest {
    private static final String ISSUER = "https://eventuall.com";

    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer issuer;
    private RsaJsonWebKey key;
    private JWTParser parser;

    @BeforeEach
    void start() throws IOException, JoseException {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("now");
        byte[] set = new JsonWebKeySet(key).toJson().getBytes(StandardCharsets.UTF_8);
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", call -> {
            fetches.incrementAndGet();
            call.sendResponseHeaders(200, set.length);
            call.getResponseBody().write(set);
            call.close();
        });
        issuer.start();
        String address = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys";
        JWTAuthContextInfo settings = new JWTAuthContextInfo(address, ISSUER);
        settings.setForcedJwksRefreshInterval(Integer.valueOf(configured("smallrye.jwt.jwks.forced-refresh-interval")));
        parser = new DefaultJWTParser(settings);
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    @Test
    void passesThatNameUnknownKeysDoNotMakeTheIssuerBusy() throws Exception {
        assertThat(parser.parse(pass("now")).getSubject()).isEqualTo("u1");
        int usual = fetches.get();
        for (int i = 0; i < 100; i++) {
            String forged = pass("unknown-" + i);
            assertThatThrownBy(() -> parser.parse(forged)).isInstanceOf(ParseException.class);
        }
        assertThat(fetches.get()).isBetween(usual, usual + 1);
        assertThat(parser.parse(pass("now")).getSubject()).isEqualTo("u1");
    }

    private String pass(String keyId) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject("u1");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKeyIdHeaderValue(keyId);
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }

    private static String configured(String name) throws IOException {
        Properties settings = new Properties();
        try (InputStream in = PassGate.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            settings.load(in);
        }
        return settings.getProperty(name);
    }
}
