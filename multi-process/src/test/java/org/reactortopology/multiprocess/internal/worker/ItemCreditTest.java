package org.reactortopology.multiprocess.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.reactortopology.multiprocess.internal.wire.Credit;
import org.reactortopology.multiprocess.internal.wire.ProtocolException;

/** What a worker lets the coordinator send. */
class ItemCreditTest {

    @Test
    void smallAmountsAreSavedUntilAQuarterIsFree() {
        ItemCredit credit = new ItemCredit(new Credit(7, 8, 8000));
        for (int i = 0; i < 4; i++) {
            credit.received(i, 10);
        }
        assertThat(credit.here()).isEqualTo(4);
        assertThat(credit.more()).isNull();
        credit.answered(0);
        assertThat(credit.more()).isNull();
        credit.answered(1);
        assertThat(credit.more()).isEqualTo(new Credit(7, 2, 20));
        assertThat(credit.more()).as("once").isNull();
        assertThat(credit.here()).isEqualTo(2);
        assertThat(credit.answered()).isEqualTo(2);
    }

    @Test
    void aQuarterOfTheBytesIsEnoughToo() {
        ItemCredit credit = new ItemCredit(new Credit(7, 100, 8000));
        credit.received(0, 2000);
        credit.received(1, 1999);
        credit.answered(1);
        assertThat(credit.more()).isNull();
        credit.answered(0);
        assertThat(credit.more()).isEqualTo(new Credit(7, 2, 3999));
    }

    @Test
    void whereTheCoordinatorMaySendNothingNothingIsSaved() {
        ItemCredit items = new ItemCredit(new Credit(7, 8, 8000));
        for (int i = 0; i < 8; i++) {
            items.received(i, 1);
        }
        items.answered(0);
        assertThat(items.more()).isEqualTo(new Credit(7, 1, 1));

        ItemCredit bytes = new ItemCredit(new Credit(7, 100, 8000));
        bytes.received(0, 10);
        bytes.received(1, 9000);
        bytes.answered(0);
        assertThat(bytes.more()).isEqualTo(new Credit(7, 1, 10));
        assertThatThrownBy(() -> bytes.received(2, 1)).isInstanceOf(ProtocolException.class);
    }
}
