;; Vectors divided by their length. Sums of squares are taken in float64 from the first number to the last, so that they are those of a plain loop;
;; four rows side by side, because each addition waits for the one before.
(module
  (memory (export "memory") 1)

  ;; In place. Rows lie one behind the other; of the last four all are read and divided, so the caller leaves room for them.
  (func (export "toUnit")
    (param $row0 i32)   ;; the first row, in bytes
    (param $width i32)  ;; bytes of a row, four at least
    (param $fours i32)  ;; how many times four rows
    (local $row1 i32) (local $row2 i32) (local $row3 i32)
    (local $at i32) (local $number f64)
    (local $sum0 f64) (local $sum1 f64) (local $sum2 f64) (local $sum3 f64)
    (loop $nextFour
      (if (local.get $fours) (then
        (local.set $row1 (i32.add (local.get $row0) (local.get $width)))
        (local.set $row2 (i32.add (local.get $row1) (local.get $width)))
        (local.set $row3 (i32.add (local.get $row2) (local.get $width)))
        (local.set $sum0 (f64.const 0))
        (local.set $sum1 (f64.const 0))
        (local.set $sum2 (f64.const 0))
        (local.set $sum3 (f64.const 0))
        (local.set $at (i32.const 0))
        (loop $nextNumber
          (local.set $number (f64.promote_f32 (f32.load (i32.add (local.get $row0) (local.get $at)))))
          (local.set $sum0 (f64.add (local.get $sum0) (f64.mul (local.get $number) (local.get $number))))
          (local.set $number (f64.promote_f32 (f32.load (i32.add (local.get $row1) (local.get $at)))))
          (local.set $sum1 (f64.add (local.get $sum1) (f64.mul (local.get $number) (local.get $number))))
          (local.set $number (f64.promote_f32 (f32.load (i32.add (local.get $row2) (local.get $at)))))
          (local.set $sum2 (f64.add (local.get $sum2) (f64.mul (local.get $number) (local.get $number))))
          (local.set $number (f64.promote_f32 (f32.load (i32.add (local.get $row3) (local.get $at)))))
          (local.set $sum3 (f64.add (local.get $sum3) (f64.mul (local.get $number) (local.get $number))))
          (br_if $nextNumber
            (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (local.get $width))))
        (call $divide (local.get $row0) (local.get $row1) (f64.sqrt (local.get $sum0)))
        (call $divide (local.get $row1) (local.get $row2) (f64.sqrt (local.get $sum1)))
        (call $divide (local.get $row2) (local.get $row3) (f64.sqrt (local.get $sum2)))
        (local.set $row0 (i32.add (local.get $row3) (local.get $width)))
        (call $divide (local.get $row3) (local.get $row0) (f64.sqrt (local.get $sum3)))
        (local.set $fours (i32.sub (local.get $fours) (i32.const 1)))
        (br $nextFour)))))

  ;; Two numbers at a time, in float64; a last one that is left over on its own.
  (func $divide (param $at i32) (param $end i32) (param $length f64)
    (local $lengths v128) (local $lastPair i32)
    (local.set $lengths (f64x2.splat (local.get $length)))
    (local.set $lastPair (i32.sub (local.get $end) (i32.const 8)))
    (loop $nextPair
      (if (i32.le_s (local.get $at) (local.get $lastPair)) (then
        (v128.store64_lane 0
          (local.get $at)
          (f32x4.demote_f64x2_zero
            (f64x2.div
              (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $at)))
              (local.get $lengths))))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br $nextPair))))
    (if (i32.lt_u (local.get $at) (local.get $end)) (then
      (f32.store
        (local.get $at)
        (f32.demote_f64 (f64.div (f64.promote_f32 (f32.load (local.get $at))) (local.get $length))))))))
