/*
 * Writes every frame that this network namespace sends or receives to the file that is its argument, each after its length (4 bytes, little
 * endian), until SIGTERM. Then it tells on stdout how many there were and how many the kernel threw away: "seen dropped".
 * packet(7). Needs CAP_NET_RAW, which a container has if nobody takes it away.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;
static char frame[1 << 17];
static char output[1 << 20];

static void stop(int signal) {
    (void)signal;
    stopped = 1;
}

int main(int count, char **arguments) {
    struct sigaction action = {.sa_handler = stop};
    struct sockaddr_ll from;
    struct tpacket_stats totals;
    socklen_t size;
    int buffer = 64 << 20;
    FILE *file = count == 2 ? fopen(arguments[1], "wb") : NULL;
    int packets = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    if (file == NULL || packets < 0) {
        perror("sniffer");
        return 1;
    }
    setvbuf(file, output, _IOFBF, sizeof output);
    setsockopt(packets, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    sigaction(SIGTERM, &action, NULL);
    printf("listening\n");
    fflush(stdout);
    while (!stopped) {
        size = sizeof from;
        ssize_t length = recvfrom(packets, frame, sizeof frame, 0, (struct sockaddr *)&from, &size);
        /* what is sent to oneself comes twice: once out, once in */
        if (length > 0 && from.sll_pkttype != PACKET_OUTGOING) {
            uint32_t head = (uint32_t)length;
            fwrite(&head, sizeof head, 1, file);
            fwrite(frame, 1, (size_t)length, file);
        }
    }
    size = sizeof totals;
    memset(&totals, 0, sizeof totals);
    getsockopt(packets, SOL_PACKET, PACKET_STATISTICS, &totals, &size);
    if (fclose(file) != 0) {
        perror("sniffer");
        return 1;
    }
    printf("%u %u\n", totals.tp_packets, totals.tp_drops);
    return 0;
}
