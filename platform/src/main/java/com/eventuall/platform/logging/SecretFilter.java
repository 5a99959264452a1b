package com.eventuall.platform.logging;

import java.util.regex.Pattern;

/**
 * Takes secrets out of text before it is logged. The code never logs one on purpose; this is for what comes along in
 * somebody else's message or exception: tokens, credentials in addresses, stream keys.
 */
final class SecretFilter {
    private static final Pattern TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{2,}(?:\\.[A-Za-z0-9_-]*)?");
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)((?:bearer|basic)(?:\\s|%20)+)[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)((?:pass|token|access_token|secret|password|stream_?key|signing_?key|authorization)[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"'&,;}]{4,}");
    private static final Pattern USER_INFO = Pattern.compile("(://[^/\\s:@]*:)[^@\\s/]+(@)");
    private static final Pattern STREAM_KEY =
            Pattern.compile("(rtmps?://[^\\s\"']+/app/|mux://(?!assets/))[^\\s\"'/]+");

    private SecretFilter() {}

    static String clean(String text) {
        String clean = TOKEN.matcher(text).replaceAll("[token]");
        clean = CREDENTIAL.matcher(clean).replaceAll("$1[secret]");
        clean = PARAMETER.matcher(clean).replaceAll("$1[secret]");
        clean = USER_INFO.matcher(clean).replaceAll("$1[secret]$2");
        return STREAM_KEY.matcher(clean).replaceAll("$1[secret]");
    }
}
