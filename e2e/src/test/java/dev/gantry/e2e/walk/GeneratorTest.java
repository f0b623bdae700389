package dev.gantry.e2e.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static java.util.List<Step> steps(long seed) {
        var generator = new Generator(seed, "a-");
        return Stream.generate(generator::next).limit(300).toList();
    }

    @Test
    void theSameSeedDecidesTheSame() {
        assertThat(steps(7)).isEqualTo(steps(7)).isNotEqualTo(steps(8));
    }

    @Test
    void comesToEveryKindOfStep() {
        assertThat(steps(1).stream().map(Step::getClass).collect(Collectors.toSet()))
                .hasSize(Step.class.getPermittedSubclasses().length);
    }

    @Test
    void namesNoContainerAgainThatIsGone() {
        var generator = new Generator(3, "a-");
        var first = Stream.generate(generator::next)
                .filter(step -> step instanceof Step.OfContainer)
                .findFirst()
                .orElseThrow()
                .object();
        generator.gone(first);
        assertThat(Stream.generate(generator::next).limit(300).map(Step::object))
                .doesNotContain(first);
    }

    @Test
    void everyContainerIsCreatedFirst() {
        var created = new java.util.HashSet<String>();
        for (var step : steps(5)) {
            if (step instanceof Step.OfContainer(var name, var verb)) {
                assertThat(verb == ContainerVerb.CREATE || created.contains(name))
                        .isTrue();
                created.add(name);
            }
        }
    }
}
