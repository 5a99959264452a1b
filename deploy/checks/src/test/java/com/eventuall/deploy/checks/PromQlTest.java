package com.eventuall.deploy.checks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void namesAreNeitherFunctionsNorLabelsNorKeywords() {
        assertThat(PromQl.metricsIn("""
                        sum by (service, le) (rate(http_seconds_bucket{status=~"5..", path!="a(b)"}[5m] offset 1h))
                          / on (service) group_left (pod) max without (pod) (jvm_max > 0) > 0.02e3
                        unless ignoring(x) absent(up{job="a"}) or vector(1) == bool 2
                        """)).containsExactly("http_seconds_bucket", "jvm_max", "up");
    }

    @Test
    void wordsOnlyEndANameAtItsEnd() {
        assertThat(PromQl.metricsIn("by_the_way + order:rate5m")).containsExactly("by_the_way", "order:rate5m");
    }
}
