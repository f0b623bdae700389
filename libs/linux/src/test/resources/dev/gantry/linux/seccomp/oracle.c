/* Asks libseccomp for the program of a profile. stdin: "default ACTION", then "arch NAME" (the native one is there), then
 * "rule ACTION NAME COUNT" followed by COUNT times "ARGUMENT OPERATOR A B". stdout: struct sock_filter[]. stderr: names it
 * does not know. */
#include <inttypes.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int rc, const char *what) {
    if (rc < 0) {
        fprintf(stderr, "failed: %s: %s\n", what, strerror(-rc));
        exit(1);
    }
}

int main(void) {
    char word[64], name[128];
    uint32_t action;
    scmp_filter_ctx filter = NULL;
    while (scanf("%63s", word) == 1) {
        if (!strcmp(word, "default")) {
            if (scanf("%" SCNu32, &action) != 1) return 2;
            filter = seccomp_init(action);
        } else if (!strcmp(word, "arch")) {
            if (scanf("%127s", name) != 1) return 2;
            check(seccomp_arch_add(filter, seccomp_arch_resolve_name(name)), name);
        } else {
            struct scmp_arg_cmp args[32];
            unsigned count;
            if (scanf("%" SCNu32 " %127s %u", &action, name, &count) != 3 || count > 32) return 2;
            for (unsigned i = 0; i < count; i++) {
                unsigned arg, op;
                if (scanf("%u %u %" SCNu64 " %" SCNu64, &arg, &op, &args[i].datum_a, &args[i].datum_b) != 4) return 2;
                args[i].arg = arg;
                args[i].op = op;
            }
            int nr = seccomp_syscall_resolve_name(name);
            if (nr == __NR_SCMP_ERROR) {
                fprintf(stderr, "%s\n", name);
                continue;
            }
            check(seccomp_rule_add_array(filter, action, nr, count, args), name);
        }
    }
    return seccomp_export_bpf(filter, 1) < 0;
}
