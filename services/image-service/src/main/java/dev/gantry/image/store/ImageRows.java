package dev.gantry.image.store;

import dev.gantry.image.catalog.Image;
import dev.gantry.image.catalog.Images;
import dev.gantry.oci.digest.Digest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Images as rows. Every method wants a transaction. */
@ApplicationScoped
class ImageRows implements PanacheRepositoryBase<ImageRow, String> {
    private final ReferenceRows references;

    ImageRows(ReferenceRows references) {
        this.references = references;
    }

    Images load() {
        Images images = Images.NONE;
        for (ImageRow row : listAll()) {
            images = images.with(ImageDocument.read(row));
        }
        List<ReferenceRow> names = references.listAll();
        for (ReferenceRow row : names) {
            images = images.named(row.name, Digest.parse(row.imageId));
        }
        return images;
    }

    void save(Image image) {
        ImageRow row = findById(image.id().toString());
        if (row == null) {
            row = new ImageRow();
            row.id = image.id().toString();
            row.config = image.config().toByteArray();
            row.document = ImageDocument.write(image);
            persist(row);
        } else {
            row.document = ImageDocument.write(image);
        }
        flush(); // rows of references follow, and the foreign key wants the image first
    }

    void remove(Image image) {
        flush();
        deleteById(image.id().toString());
    }
}
