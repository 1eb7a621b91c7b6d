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
    (local $at i32) (local $lastFour i32)
    (local $left v128) (local $right v128) (local $pairs v128) (local $pair v128)
    (local $sums01 v128) (local $sums23 v128) ;; of two rows each
    (local.set $lastFour (i32.sub (local.get $width) (i32.const 16)))
    (loop $nextFour
      (if (local.get $fours) (then
        (local.set $row1 (i32.add (local.get $row0) (local.get $width)))
        (local.set $row2 (i32.add (local.get $row1) (local.get $width)))
        (local.set $row3 (i32.add (local.get $row2) (local.get $width)))
        (local.set $sums01 (v128.const f64x2 0 0))
        (local.set $sums23 (v128.const f64x2 0 0))
        (local.set $at (i32.const 0))

        ;; Four numbers of two rows become four pairs, one number of each row, which are added in their order.
        (loop $nextNumbers
          (if (i32.le_s (local.get $at) (local.get $lastFour)) (then
            (local.set $left (v128.load (i32.add (local.get $row0) (local.get $at))))
            (local.set $right (v128.load (i32.add (local.get $row1) (local.get $at))))
            (local.set $pairs (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $left) (local.get $right)))
            (local.set $pair (f64x2.promote_low_f32x4 (local.get $pairs)))
            (local.set $sums01 (f64x2.add (local.get $sums01) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $pair (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pairs) (local.get $pairs))))
            (local.set $sums01 (f64x2.add (local.get $sums01) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $pairs (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $left) (local.get $right)))
            (local.set $pair (f64x2.promote_low_f32x4 (local.get $pairs)))
            (local.set $sums01 (f64x2.add (local.get $sums01) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $pair (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pairs) (local.get $pairs))))
            (local.set $sums01 (f64x2.add (local.get $sums01) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $left (v128.load (i32.add (local.get $row2) (local.get $at))))
            (local.set $right (v128.load (i32.add (local.get $row3) (local.get $at))))
            (local.set $pairs (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 (local.get $left) (local.get $right)))
            (local.set $pair (f64x2.promote_low_f32x4 (local.get $pairs)))
            (local.set $sums23 (f64x2.add (local.get $sums23) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $pair (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pairs) (local.get $pairs))))
            (local.set $sums23 (f64x2.add (local.get $sums23) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $pairs (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 (local.get $left) (local.get $right)))
            (local.set $pair (f64x2.promote_low_f32x4 (local.get $pairs)))
            (local.set $sums23 (f64x2.add (local.get $sums23) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $pair (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $pairs) (local.get $pairs))))
            (local.set $sums23 (f64x2.add (local.get $sums23) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (br $nextNumbers))))
        (loop $nextNumber
          (if (i32.lt_u (local.get $at) (local.get $width)) (then
            (local.set $pair (f64x2.promote_low_f32x4
              (v128.load32_lane 1 (i32.add (local.get $row1) (local.get $at))
                (v128.load32_zero (i32.add (local.get $row0) (local.get $at))))))
            (local.set $sums01 (f64x2.add (local.get $sums01) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $pair (f64x2.promote_low_f32x4
              (v128.load32_lane 1 (i32.add (local.get $row3) (local.get $at))
                (v128.load32_zero (i32.add (local.get $row2) (local.get $at))))))
            (local.set $sums23 (f64x2.add (local.get $sums23) (f64x2.mul (local.get $pair) (local.get $pair))))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (br $nextNumber))))

        (call $divide (local.get $row0) (local.get $row1) (f64.sqrt (f64x2.extract_lane 0 (local.get $sums01))))
        (call $divide (local.get $row1) (local.get $row2) (f64.sqrt (f64x2.extract_lane 1 (local.get $sums01))))
        (call $divide (local.get $row2) (local.get $row3) (f64.sqrt (f64x2.extract_lane 0 (local.get $sums23))))
        (local.set $row0 (i32.add (local.get $row3) (local.get $width)))
        (call $divide (local.get $row3) (local.get $row0) (f64.sqrt (f64x2.extract_lane 1 (local.get $sums23))))
        (local.set $fours (i32.sub (local.get $fours) (i32.const 1)))
        (br $nextFour)))))

  ;; Four numbers at a time, in float64; the last that are left over one by one.
  (func $divide (param $at i32) (param $end i32) (param $length f64)
    (local $lengths v128) (local $lastFour i32) (local $numbers v128)
    (local.set $lengths (f64x2.splat (local.get $length)))
    (local.set $lastFour (i32.sub (local.get $end) (i32.const 16)))
    (loop $nextNumbers
      (if (i32.le_s (local.get $at) (local.get $lastFour)) (then
        (local.set $numbers (v128.load (local.get $at)))
        (v128.store
          (local.get $at)
          (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
            (f32x4.demote_f64x2_zero (f64x2.div (f64x2.promote_low_f32x4 (local.get $numbers)) (local.get $lengths)))
            (f32x4.demote_f64x2_zero
              (f64x2.div
                (f64x2.promote_low_f32x4
                  (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $numbers) (local.get $numbers)))
                (local.get $lengths)))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br $nextNumbers))))
    (loop $nextNumber
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
        (f32.store
          (local.get $at)
          (f32.demote_f64 (f64.div (f64.promote_f32 (f32.load (local.get $at))) (local.get $length))))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br $nextNumber))))))
