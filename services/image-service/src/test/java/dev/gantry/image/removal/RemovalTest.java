package dev.gantry.image.removal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.contracts.error.GantryException;
import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.image.catalog.SomeImages;
import dev.gantry.image.removal.ImageUse.User;
import dev.gantry.oci.digest.Digest;
import dev.gantry.oci.reference.ImageReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cases of recorded conversations with a real engine, and what must hold in all cases. */
class RemovalTest {
    private static final ImageUse NOBODY = image -> List.of();
    private final Image base = SomeImages.image("base", Optional.empty(), "a");
    private final Image child = SomeImages.image("child", Optional.of(base), "a", "b");

    private static List<String> report(Removal.Plan plan) {
        return plan.report().stream()
                .map(line -> line.untagged().isEmpty() ? "Deleted: " + line.deleted() : "Untagged: " + line.untagged())
                .toList();
    }

    private static Removal.Plan remove(Images images, String reference) {
        return Removal.plan(images, NOBODY, reference, false, true);
    }

    @Test
    void untagsOneOfSeveralNames() {
        Images images = SomeImages.with(Images.NONE, base, "busybox", "x:1");
        assertThat(report(remove(images, "x:1"))).containsExactly("Untagged: x:1");
    }

    @Test
    void deletesWithTheLastName() {
        Images images = SomeImages.with(Images.NONE, base, "y:1");
        assertThat(report(remove(images, "y:1")))
                .containsExactly("Untagged: y:1", "Deleted: " + base.id(), "Deleted: " + SomeImages.digest("a"));
    }

    @Test
    void deletesParentsThatNobodyNeeds() {
        Images images = SomeImages.with(Images.NONE.with(base), child, "y:1");
        assertThat(report(remove(images, "y:1")))
                .containsExactly(
                        "Untagged: y:1",
                        "Deleted: " + child.id(),
                        "Deleted: " + child.chainIds().getLast(),
                        "Deleted: " + base.id(),
                        "Deleted: " + SomeImages.digest("a"));
        assertThat(report(Removal.plan(images, NOBODY, "y:1", false, false))).hasSize(3);
    }

    @Test
    void keepsAParentWithANameOrAUser() {
        Images named = SomeImages.with(SomeImages.with(Images.NONE, base, "base"), child, "y:1");
        assertThat(remove(named, "y:1").after().get(base.id())).isPresent();
        Images used = SomeImages.with(Images.NONE.with(base), child, "y:1");
        ImageUse use = id -> id.equals(base.id()) ? List.of(new User("c".repeat(64), false)) : List.of();
        assertThat(Removal.plan(used, use, "y:1", false, true).after().get(base.id()))
                .isPresent();
    }

    @Test
    void untagsAParentOfOthersAndLeavesIt() {
        Images images = SomeImages.with(SomeImages.with(Images.NONE, base, "busybox"), child, "x:1");
        assertThat(report(remove(images, "busybox:latest"))).containsExactly("Untagged: busybox:latest");
    }

    @Test
    void refusesToDeleteAParentById() {
        Images images = SomeImages.with(Images.NONE.with(base), child, "x:1");
        assertThatThrownBy(() -> Removal.plan(images, NOBODY, base.id().hex(), true, true))
                .hasMessage("conflict: unable to delete " + base.id().shortHex()
                        + " (cannot be forced) - image has dependent child images");
    }

    @Test
    void deletesByIdWithItsOneName() {
        Images images = SomeImages.with(Images.NONE, base, "y:1");
        assertThat(report(remove(images, base.id().shortHex()))).hasSize(3).startsWith("Untagged: y:1");
    }

    @Test
    void forceByIdTakesAllNames() {
        Images images = SomeImages.with(Images.NONE, base, "a:1", "b:1");
        assertThatThrownBy(() -> remove(images, base.id().hex())).hasMessageContaining("multiple repositories");
        assertThat(report(Removal.plan(images, NOBODY, base.id().hex(), true, true)))
                .startsWith("Untagged: a:1", "Untagged: b:1");
    }

    @Test
    void stoppedContainersOnlyStandInTheWayOfAnUnforcedRemoval() {
        Images images = SomeImages.with(Images.NONE, base, "y:1");
        ImageUse use = id -> List.of(new User("228a2f80c880" + "0".repeat(52), false));
        assertThatThrownBy(() -> Removal.plan(images, use, base.id().hex(), false, true))
                .hasMessage("conflict: unable to delete " + base.id().shortHex()
                        + " (must be forced) - image is being used by stopped container 228a2f80c880");
        assertThat(report(Removal.plan(images, use, "y:1", true, true)))
                .containsExactly("Untagged: y:1", "Deleted: " + base.id());
    }

    @Test
    void whateverHappensTheImagesStayWhole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            List<Image> made = new ArrayList<>();
            Images images = Images.NONE;
            for (int i = 0; i < random.nextInt(1, 7); i++) {
                Optional<Image> parent = made.isEmpty() || random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(made.get(random.nextInt(made.size())));
                Image image = SomeImages.image("i" + i + "r" + round % 7, parent, "l" + random.nextInt(3), "m" + i);
                made.add(image);
                images = SomeImages.with(images, image);
                for (int n = random.nextInt(3); n > 0; n--) {
                    images = SomeImages.with(images, image, "n" + random.nextInt(3) + ":" + random.nextInt(3));
                }
            }
            Map<Digest, List<User>> users = new HashMap<>();
            made.forEach(image -> users.put(
                    image.id(),
                    random.nextInt(4) == 0 ? List.of(new User("c".repeat(64), random.nextBoolean())) : List.of()));
            check(images, users, random, seed);
        }
    }

    private static void check(Images images, Map<Digest, List<User>> users, Random random, long seed) {
        List<String> words = new ArrayList<>();
        images.all().forEach(image -> words.add(image.id().hex()));
        images.allNames().keySet().forEach(words::add);
        String word = words.get(random.nextInt(words.size()));
        boolean force = random.nextBoolean();
        try {
            Removal.Plan plan =
                    Removal.plan(images, id -> users.getOrDefault(id, List.of()), word, force, random.nextBoolean());
            for (Removal.Step step : plan.steps()) {
                if (step instanceof Removal.Step.Delete delete) {
                    List<User> of = users.getOrDefault(delete.image().id(), List.of());
                    assertThat(of).as("seed %d", seed).noneMatch(User::running);
                    assertThat(force || of.isEmpty()).as("seed %d", seed).isTrue();
                }
            }
            Images after = plan.after();
            after.allNames()
                    .values()
                    .forEach(id -> assertThat(after.get(id)).as("seed %d", seed).isPresent());
            for (Image image : after.all()) {
                image.parent()
                        .ifPresent(id ->
                                assertThat(after.get(id)).as("seed %d", seed).isPresent());
                for (ImageReference name : after.names(image)) {
                    assertThat(images.names(image)).as("seed %d", seed).contains(name);
                }
            }
        } catch (GantryException refused) {
            assertThat(refused.code().httpStatus()).as("seed %d", seed).isEqualTo(409);
        }
    }
}
