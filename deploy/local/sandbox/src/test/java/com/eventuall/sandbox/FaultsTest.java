package com.eventuall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Faults faults = new Faults();

    @Test
    void aFaultHitsAsOftenAsItSaysAndOnlyWhatMatches() {
        faults.add(parse("{'operation':'createAsset','effect':'error','match':'rec:1','times':2}"));

        assertThat(faults.take("createAsset", "rec:2")).isEmpty();
        assertThat(faults.take("getAsset", "rec:1")).isEmpty();
        assertThat(faults.take("createAsset", "x rec:1 y")).isPresent();
        assertThat(faults.take("createAsset", "rec:1")).isPresent();
        assertThat(faults.take("createAsset", "rec:1")).isEmpty();
    }

    @Test
    void faultsOfOneOperationAreTakenInTheOrderInWhichTheyWereSet() {
        faults.add(parse("{'operation':'x','effect':'error','status':500}"));
        faults.add(parse("{'operation':'x','effect':'delay','delayMs':5}"));

        assertThat(faults.take("x", "").orElseThrow().status()).isEqualTo(500);
        assertThat(faults.take("x", "").orElseThrow().delay().toMillis()).isEqualTo(5);
    }

    @Test
    void aLifeCycleEffectIsNotUsedUpByAnother() {
        faults.add(parse("{'operation':'egress','effect':'fail'}"));

        assertThat(faults.take("egress", "slow-start", "")).isEmpty();
        assertThat(faults.take("egress", "fail", "")).isPresent();
    }

    @Test
    void anUnknownEffectIsRefused() {
        assertThatThrownBy(() -> parse("{'operation':'createAsset','effect':'eror'}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eror");
        assertThatThrownBy(() -> parse("{'operation':'webhook','effect':'error'}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("{'operation':'x','effect':'error','times':0}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Fault parse(String json) {
        return Fault.parse(new JsonObject(json.replace('\'', '"')), Map.of("egress", Set.of("fail", "slow-start")));
    }
}
