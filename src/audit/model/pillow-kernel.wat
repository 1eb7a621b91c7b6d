;; One pass of Pillow's resampling over 8-bit RGB, four neighbouring bytes at a time.
;;
;; For every output position: the weighted sum of `count` taps, in 32-bit integers that wrap as C's do, rounded, shifted
;; down by the 22 bits after the point and clipped to 0..255. A pass over columns takes its taps three bytes apart, one
;; pixel a step; a pass over rows takes them a row apart, four bytes of a row a step.
;;
;; Every step writes four bytes. Where only three are wanted, the fourth is overwritten by the next output, so the caller
;; leaves a gap of at least one byte after the last one.
(module
  (memory (export "memory") 1)
  (func (export "filterPass")
    (param $source i32) (param $target i32)
    (param $first i32)         ;; i32[outputs]: first tap of each output, in taps
    (param $count i32)         ;; i32[outputs]: how many taps
    (param $weights i32)       ;; i32[outputs x taps]
    (param $taps i32)          ;; weights held per output
    (param $outputs i32)
    (param $tapStride i32)     ;; bytes from one tap to the next
    (param $outputStride i32)  ;; bytes from one output to the next, in the target
    (param $lines i32)         ;; steps per output
    (param $sourceStride i32)  ;; bytes from one step to the next, in the source
    (param $targetStride i32)  ;; and in the target
    (local $output i32) (local $line i32) (local $tap i32)
    (local $read i32) (local $lineStart i32) (local $write i32)
    (local $weight i32) (local $weightEnd i32) (local $weightStart i32)
    (local $sum v128)
    (if (i32.eqz (local.get $lines)) (then (return)))
    (loop $nextOutput
      (if (i32.lt_u (local.get $output) (local.get $outputs)) (then
        (local.set $lineStart
          (i32.add (local.get $source)
            (i32.mul (i32.load (i32.add (local.get $first) (i32.shl (local.get $output) (i32.const 2))))
                     (local.get $tapStride))))
        (local.set $weightStart
          (i32.add (local.get $weights)
            (i32.shl (i32.mul (local.get $output) (local.get $taps)) (i32.const 2))))
        (local.set $weightEnd
          (i32.add (local.get $weightStart)
            (i32.shl (i32.load (i32.add (local.get $count) (i32.shl (local.get $output) (i32.const 2))))
                     (i32.const 2))))
        (local.set $write (i32.add (local.get $target) (i32.mul (local.get $output) (local.get $outputStride))))
        (local.set $line (i32.const 0))
        (loop $nextLine
          (local.set $sum (v128.const i32x4 0x200000 0x200000 0x200000 0x200000)) ;; a half, so that the shift rounds
          (local.set $read (local.get $lineStart))
          (local.set $weight (local.get $weightStart))
          (loop $nextTap
            (local.set $sum
              (i32x4.add (local.get $sum)
                (i32x4.mul
                  (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $read))))
                  (v128.load32_splat (local.get $weight)))))
            (local.set $read (i32.add (local.get $read) (local.get $tapStride)))
            (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
            (br_if $nextTap (i32.lt_u (local.get $weight) (local.get $weightEnd))))
          (local.set $sum (i32x4.shr_s (local.get $sum) (i32.const 22)))
          (local.set $sum (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
          (v128.store32_lane 0 (local.get $write) (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum)))
          (local.set $lineStart (i32.add (local.get $lineStart) (local.get $sourceStride)))
          (local.set $write (i32.add (local.get $write) (local.get $targetStride)))
          (local.set $line (i32.add (local.get $line) (i32.const 1)))
          (br_if $nextLine (i32.lt_u (local.get $line) (local.get $lines))))
        (local.set $output (i32.add (local.get $output) (i32.const 1)))
        (br $nextOutput))))))
