;; The loops over pixels: both passes of Pillow's resampling over 8-bit RGB, and pixels to planes of numbers.
;;
;; A pass gives for every output position the weighted sum of some taps, in 32-bit integers that wrap as C's do, rounded, shifted down by the
;; 22 bits after the point and clipped to 0..255. Taps are taken in pairs, because one instruction multiplies eight 16-bit numbers and adds
;; neighbours. A weight has more than 16 bits, so it comes as two numbers, weight = high * 2^15 + low, and so do the sums. Of a pair of taps
;; the weights are two words: low and low, high and high. Where the number of taps is odd the last weight is 0.
(module
  (memory (export "memory") 1)

  ;; Columns: four rows at a time, of each one output pixel. Every output writes four bytes a row; the fourth is overwritten by the next
  ;; output, so the caller leaves a gap of at least one byte after the last. Reads up to five bytes past the last tap.
  (func (export "filterColumns")
    (param $source i32) (param $target i32)
    (param $first i32)         ;; i32[outputs]: first tap of each output, in pixels
    (param $pairs i32)         ;; i32[outputs]: how many pairs of taps
    (param $weights i32)       ;; i32[outputs x held x 2]
    (param $held i32)          ;; pairs held per output
    (param $outputs i32)
    (param $fours i32)         ;; how many times four rows
    (param $sourceStride i32)  ;; bytes from one row to the next, in the source
    (param $targetStride i32)  ;; and in the target
    (local $output i32) (local $read i32) (local $write i32) (local $weight i32) (local $weightEnd i32)
    (local $lows v128) (local $highs v128) (local $taps v128)
    (local $low0 v128) (local $high0 v128)
    (local $low1 v128) (local $high1 v128)
    (local $low2 v128) (local $high2 v128)
    (local $low3 v128) (local $high3 v128)
    (loop $nextFour
      (if (local.get $fours) (then
        (local.set $output (i32.const 0))
        (local.set $write (local.get $target))
        (loop $nextOutput
          (if (i32.lt_u (local.get $output) (local.get $outputs)) (then
            (local.set $read
              (i32.add (local.get $source)
                (i32.mul (i32.load (i32.add (local.get $first) (i32.shl (local.get $output) (i32.const 2)))) (i32.const 3))))
            (local.set $weight
              (i32.add (local.get $weights)
                (i32.shl (i32.mul (local.get $output) (local.get $held)) (i32.const 3))))
            (local.set $weightEnd
              (i32.add (local.get $weight)
                (i32.shl (i32.load (i32.add (local.get $pairs) (i32.shl (local.get $output) (i32.const 2)))) (i32.const 3))))
            (local.set $low0 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000)) ;; a half, so that the shift rounds
            (local.set $high0 (v128.const i32x4 0 0 0 0))
            (local.set $low1 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
            (local.set $high1 (v128.const i32x4 0 0 0 0))
            (local.set $low2 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
            (local.set $high2 (v128.const i32x4 0 0 0 0))
            (local.set $low3 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
            (local.set $high3 (v128.const i32x4 0 0 0 0))
            (loop $nextPair
              (local.set $lows (v128.load32_splat (local.get $weight)))
              (local.set $highs (v128.load32_splat offset=4 (local.get $weight)))
              ;; row 0: red, red, green, green, blue, blue of two pixels, as 16 bits
              (local.set $taps
                (i8x16.swizzle
                  (v128.load64_zero (local.get $read))
                  (v128.const i8x16 0 -128 3 -128 1 -128 4 -128 2 -128 5 -128 -128 -128 -128 -128)))
              (local.set $low0 (i32x4.add (local.get $low0) (i32x4.dot_i16x8_s (local.get $taps) (local.get $lows))))
              (local.set $high0 (i32x4.add (local.get $high0) (i32x4.dot_i16x8_s (local.get $taps) (local.get $highs))))
              ;; row 1: red, red, green, green, blue, blue of two pixels, as 16 bits
              (local.set $taps
                (i8x16.swizzle
                  (v128.load64_zero (i32.add (local.get $read) (local.get $sourceStride)))
                  (v128.const i8x16 0 -128 3 -128 1 -128 4 -128 2 -128 5 -128 -128 -128 -128 -128)))
              (local.set $low1 (i32x4.add (local.get $low1) (i32x4.dot_i16x8_s (local.get $taps) (local.get $lows))))
              (local.set $high1 (i32x4.add (local.get $high1) (i32x4.dot_i16x8_s (local.get $taps) (local.get $highs))))
              ;; row 2: red, red, green, green, blue, blue of two pixels, as 16 bits
              (local.set $taps
                (i8x16.swizzle
                  (v128.load64_zero (i32.add (local.get $read) (i32.shl (local.get $sourceStride) (i32.const 1))))
                  (v128.const i8x16 0 -128 3 -128 1 -128 4 -128 2 -128 5 -128 -128 -128 -128 -128)))
              (local.set $low2 (i32x4.add (local.get $low2) (i32x4.dot_i16x8_s (local.get $taps) (local.get $lows))))
              (local.set $high2 (i32x4.add (local.get $high2) (i32x4.dot_i16x8_s (local.get $taps) (local.get $highs))))
              ;; row 3: red, red, green, green, blue, blue of two pixels, as 16 bits
              (local.set $taps
                (i8x16.swizzle
                  (v128.load64_zero (i32.add (local.get $read) (i32.mul (local.get $sourceStride) (i32.const 3))))
                  (v128.const i8x16 0 -128 3 -128 1 -128 4 -128 2 -128 5 -128 -128 -128 -128 -128)))
              (local.set $low3 (i32x4.add (local.get $low3) (i32x4.dot_i16x8_s (local.get $taps) (local.get $lows))))
              (local.set $high3 (i32x4.add (local.get $high3) (i32x4.dot_i16x8_s (local.get $taps) (local.get $highs))))
              (local.set $read (i32.add (local.get $read) (i32.const 6)))
              (local.set $weight (i32.add (local.get $weight) (i32.const 8)))
              (br_if $nextPair (i32.lt_u (local.get $weight) (local.get $weightEnd))))
            (local.set $taps
              (i8x16.narrow_i16x8_u
                (i16x8.narrow_i32x4_s
                  (i32x4.shr_s (i32x4.add (local.get $low0) (i32x4.shl (local.get $high0) (i32.const 15))) (i32.const 22))
                  (i32x4.shr_s (i32x4.add (local.get $low1) (i32x4.shl (local.get $high1) (i32.const 15))) (i32.const 22)))
                (i16x8.narrow_i32x4_s
                  (i32x4.shr_s (i32x4.add (local.get $low2) (i32x4.shl (local.get $high2) (i32.const 15))) (i32.const 22))
                  (i32x4.shr_s (i32x4.add (local.get $low3) (i32x4.shl (local.get $high3) (i32.const 15))) (i32.const 22)))))
            (v128.store32_lane 0 (local.get $write) (local.get $taps))
            (v128.store32_lane 1 (i32.add (local.get $write) (local.get $targetStride)) (local.get $taps))
            (v128.store32_lane 2 (i32.add (local.get $write) (i32.shl (local.get $targetStride) (i32.const 1))) (local.get $taps))
            (v128.store32_lane 3 (i32.add (local.get $write) (i32.mul (local.get $targetStride) (i32.const 3))) (local.get $taps))
            (local.set $write (i32.add (local.get $write) (i32.const 3)))
            (local.set $output (i32.add (local.get $output) (i32.const 1)))
            (br $nextOutput))))
        (local.set $source (i32.add (local.get $source) (i32.shl (local.get $sourceStride) (i32.const 2))))
        (local.set $target (i32.add (local.get $target) (i32.shl (local.get $targetStride) (i32.const 2))))
        (local.set $fours (i32.sub (local.get $fours) (i32.const 1)))
        (br $nextFour)))))

  ;; Rows: sixteen neighbouring bytes of a row at a time. Rows lie `stride` bytes apart, in the source as in the target. Where the number of
  ;; taps is odd, the row after the last tap is read as well.
  (func (export "filterRows")
    (param $source i32) (param $target i32)
    (param $first i32)    ;; i32[outputs]: first tap of each output, in rows
    (param $pairs i32)    ;; i32[outputs]: how many pairs of taps
    (param $weights i32)  ;; i32[outputs x held x 2]
    (param $held i32)     ;; pairs held per output
    (param $outputs i32)
    (param $stride i32)   ;; a multiple of 16
    (local $output i32) (local $start i32) (local $read i32) (local $rowEnd i32)
    (local $weight i32) (local $weightStart i32) (local $weightEnd i32)
    (local $lows v128) (local $highs v128) (local $upper v128) (local $lower v128) (local $taps v128)
    (local $low0 v128) (local $high0 v128)
    (local $low1 v128) (local $high1 v128)
    (local $low2 v128) (local $high2 v128)
    (local $low3 v128) (local $high3 v128)
    (loop $nextOutput
      (if (i32.lt_u (local.get $output) (local.get $outputs)) (then
        (local.set $start
          (i32.add (local.get $source)
            (i32.mul (i32.load (i32.add (local.get $first) (i32.shl (local.get $output) (i32.const 2)))) (local.get $stride))))
        (local.set $rowEnd (i32.add (local.get $start) (local.get $stride)))
        (local.set $weightStart
          (i32.add (local.get $weights)
            (i32.shl (i32.mul (local.get $output) (local.get $held)) (i32.const 3))))
        (local.set $weightEnd
          (i32.add (local.get $weightStart)
            (i32.shl (i32.load (i32.add (local.get $pairs) (i32.shl (local.get $output) (i32.const 2)))) (i32.const 3))))
        (loop $nextStep
          (local.set $read (local.get $start))
          (local.set $weight (local.get $weightStart))
          (local.set $low0 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
          (local.set $high0 (v128.const i32x4 0 0 0 0))
          (local.set $low1 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
          (local.set $high1 (v128.const i32x4 0 0 0 0))
          (local.set $low2 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
          (local.set $high2 (v128.const i32x4 0 0 0 0))
          (local.set $low3 (v128.const i32x4 0x200000 0x200000 0x200000 0x200000))
          (local.set $high3 (v128.const i32x4 0 0 0 0))
          (loop $nextPair
            (local.set $lows (v128.load32_splat (local.get $weight)))
            (local.set $highs (v128.load32_splat offset=4 (local.get $weight)))
            (local.set $upper (v128.load (local.get $read)))
            (local.set $lower (v128.load (i32.add (local.get $read) (local.get $stride))))
            (local.set $taps ;; bytes of both rows in turn, the first eight of each
              (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get $upper) (local.get $lower)))
            (local.set $lower ;; and the last eight
              (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31 (local.get $upper) (local.get $lower)))
            (local.set $upper (i16x8.extend_low_i8x16_u (local.get $taps)))
            (local.set $low0 (i32x4.add (local.get $low0) (i32x4.dot_i16x8_s (local.get $upper) (local.get $lows))))
            (local.set $high0 (i32x4.add (local.get $high0) (i32x4.dot_i16x8_s (local.get $upper) (local.get $highs))))
            (local.set $upper (i16x8.extend_high_i8x16_u (local.get $taps)))
            (local.set $low1 (i32x4.add (local.get $low1) (i32x4.dot_i16x8_s (local.get $upper) (local.get $lows))))
            (local.set $high1 (i32x4.add (local.get $high1) (i32x4.dot_i16x8_s (local.get $upper) (local.get $highs))))
            (local.set $upper (i16x8.extend_low_i8x16_u (local.get $lower)))
            (local.set $low2 (i32x4.add (local.get $low2) (i32x4.dot_i16x8_s (local.get $upper) (local.get $lows))))
            (local.set $high2 (i32x4.add (local.get $high2) (i32x4.dot_i16x8_s (local.get $upper) (local.get $highs))))
            (local.set $upper (i16x8.extend_high_i8x16_u (local.get $lower)))
            (local.set $low3 (i32x4.add (local.get $low3) (i32x4.dot_i16x8_s (local.get $upper) (local.get $lows))))
            (local.set $high3 (i32x4.add (local.get $high3) (i32x4.dot_i16x8_s (local.get $upper) (local.get $highs))))
            (local.set $read (i32.add (local.get $read) (i32.shl (local.get $stride) (i32.const 1))))
            (local.set $weight (i32.add (local.get $weight) (i32.const 8)))
            (br_if $nextPair (i32.lt_u (local.get $weight) (local.get $weightEnd))))
          (v128.store (local.get $target)
            (i8x16.narrow_i16x8_u
              (i16x8.narrow_i32x4_s
                (i32x4.shr_s (i32x4.add (local.get $low0) (i32x4.shl (local.get $high0) (i32.const 15))) (i32.const 22))
                (i32x4.shr_s (i32x4.add (local.get $low1) (i32x4.shl (local.get $high1) (i32.const 15))) (i32.const 22)))
              (i16x8.narrow_i32x4_s
                (i32x4.shr_s (i32x4.add (local.get $low2) (i32x4.shl (local.get $high2) (i32.const 15))) (i32.const 22))
                (i32x4.shr_s (i32x4.add (local.get $low3) (i32x4.shl (local.get $high3) (i32.const 15))) (i32.const 22)))))
          (local.set $target (i32.add (local.get $target) (i32.const 16)))
          (local.set $start (i32.add (local.get $start) (i32.const 16)))
          (br_if $nextStep (i32.lt_u (local.get $start) (local.get $rowEnd))))
        (local.set $output (i32.add (local.get $output) (i32.const 1)))
        (br $nextOutput)))))

  ;; Interleaved RGB to three planes, each value through the table of its channel (f32[3 x 256]).
  (func (export "fillPlanes")
    (param $source i32) (param $target i32) (param $table i32)
    (param $pixels i32)
    (local $plane i32) (local $end i32)
    (if (i32.eqz (local.get $pixels)) (then (return)))
    (local.set $plane (i32.shl (local.get $pixels) (i32.const 2)))
    (local.set $end (i32.add (local.get $target) (local.get $plane)))
    (loop $nextPixel
      (f32.store (local.get $target)
        (f32.load (i32.add (local.get $table) (i32.shl (i32.load8_u (local.get $source)) (i32.const 2)))))
      (f32.store (i32.add (local.get $target) (local.get $plane))
        (f32.load offset=1024 (i32.add (local.get $table) (i32.shl (i32.load8_u offset=1 (local.get $source)) (i32.const 2)))))
      (f32.store (i32.add (local.get $target) (i32.shl (local.get $plane) (i32.const 1)))
        (f32.load offset=2048 (i32.add (local.get $table) (i32.shl (i32.load8_u offset=2 (local.get $source)) (i32.const 2)))))
      (local.set $source (i32.add (local.get $source) (i32.const 3)))
      (local.set $target (i32.add (local.get $target) (i32.const 4)))
      (br_if $nextPixel (i32.lt_u (local.get $target) (local.get $end))))))
