# Walks a list of system calls. Position independent, no stack use between records, so that it also runs in a child that
# shares its parent's memory and stack (CLONE_VM | CLONE_VFORK).
#
# Header (64 bytes), then records of 64 bytes:
#
#   header   0  address of the record where a fatal failure continues
#            8  written on a fatal failure: address of the failed record
#           16  written on a fatal failure: errno
#
#   record   0  u32  number of the system call; negative: return to the caller
#            4  u16  flags: 1 failure is fatal, 2 jump when the result is 0, 4 jump on any failure
#            6  u16  errno that is expected: jump instead of failing (0: none)
#            8  u64  six arguments; the sixth is the jump's target in a record that jumps
#           56  u64  address where the result is stored (0: nowhere)
#
# A failure that is neither fatal nor expected is passed by.
#
# Assemble: as -o w.o walker-x86_64.S && objcopy -O binary -j .text w.o w.bin
        .set    HEADER_OF_IMAGE, 0x1000 - 0xb0   # in an image the header begins the page after the code, which starts at 0xb0

        .text
image:                                  # entry of an image
        lea     image + HEADER_OF_IMAGE(%rip), %rdi
walk:                                   # entry of a function: void walk(header *)
        push    %rbx
        push    %rbp
        mov     %rdi, %rbx
        lea     64(%rdi), %rbp
next:
        mov     (%rbp), %eax
        test    %eax, %eax
        js      done
        mov     8(%rbp), %rdi
        mov     16(%rbp), %rsi
        mov     24(%rbp), %rdx
        mov     32(%rbp), %r10
        mov     40(%rbp), %r8
        mov     48(%rbp), %r9
        syscall                         # changes rax, rcx and r11 only
        mov     56(%rbp), %rcx
        test    %rcx, %rcx
        jz      1f
        mov     %rax, (%rcx)
1:      mov     4(%rbp), %cl
        cmp     $-4096, %rax
        ja      failed
        test    $2, %cl
        jz      advance
        test    %rax, %rax
        jnz     advance
jump:
        mov     48(%rbp), %rbp
        jmp     next
advance:
        add     $64, %rbp
        jmp     next
failed:
        neg     %rax
        test    $4, %cl
        jnz     jump
        cmp     6(%rbp), %ax
        je      jump
        test    $1, %cl
        jz      advance
        mov     %rbp, 8(%rbx)
        mov     %rax, 16(%rbx)
        mov     (%rbx), %rbp
        jmp     next
done:
        pop     %rbp
        pop     %rbx
        ret
