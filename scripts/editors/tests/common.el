;;; common.el --- What the tests in Emacs share -*- lexical-binding: t -*-

;; `scripts/editors/test' makes the folders. What is on disk and what the command line says must be in the buffer.
;; In batch mode there is no idle time and no menu: what Emacs does there is done here by hand.

(require 'cl-lib)
(require 'subr-x)

(defconst work (getenv "SPAWNPROOF_WORK"))
(defconst project (expand-file-name "project" work))
(defconst limit 120)

(setq make-backup-files nil
      auto-save-default nil
      create-lockfiles nil
      native-comp-deferred-compilation nil
      native-comp-jit-compilation nil
      comp-enable-subr-trampolines nil
      native-comp-enable-subr-trampolines nil
      enable-local-variables nil
      last-nonmenu-event 13 ; Otherwise a menu of the mouse would be opened, which answers nothing.
      kill-buffer-query-functions nil)

(defmacro await (what form)
  "Wait until FORM is true, and return its value."
  `(let ((end (+ (float-time) limit)) value)
     (while (not (setq value ,form))
       (when (> (float-time) end)
         (error "Waited in vain for %s" ,what))
       (accept-process-output nil 0.01))
     value))

(defun must-equal (what actual expected)
  (unless (equal actual expected)
    (error "%s is\n%S\nbut should be\n%S" what actual expected)))

(defun must-have (text part)
  (unless (and text (string-search part text))
    (error "%S is not in:\n%s" part text)))

(defun file-text (file)
  "Return the bytes of FILE, in the folder of the work."
  (with-temp-buffer
    (set-buffer-multibyte nil)
    (insert-file-contents-literally (expand-file-name file work))
    (buffer-string)))

(defun saved-text ()
  (let ((inhibit-message t))
    (save-buffer))
  (file-text buffer-file-name))

(defun findings (json)
  (alist-get 'findings (json-parse-string json :object-type 'alist :array-type 'list)))

(defun place (position)
  "Return the place in the buffer of a POSITION of the command line, which counts from 1 and in UTF-16."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- (alist-get 'line position)))
    (let ((units (1- (alist-get 'column position))))
      (while (> units 0)
        (setq units (- units (if (> (char-after) #xffff) 2 1)))
        (forward-char)))
    (point)))

(defun expected (findings file)
  "Return what must be shown in this buffer for those FINDINGS that are in FILE."
  (sorted
   (cl-loop for finding in findings
            for range = (alist-get 'range finding)
            when (equal (alist-get 'file finding) file)
            collect (list (place (alist-get 'start range))
                          (place (alist-get 'end range))
                          (alist-get 'severity finding)
                          (alist-get 'rule finding)
                          (alist-get 'message finding)))))

(defun sorted (shown)
  (sort shown (lambda (one other) (string< (format "%08d %S" (car one) one) (format "%08d %S" (car other) other)))))

(defun severity (number)
  (nth number '(nil "error" "warning" "information")))

;; Texts with what was shown for them: the command line is asked once, at the end, for all of them.
(defvar remembered nil)

(defun remember (what shown)
  (let* ((file (format "step%03d.%s" (length remembered) (file-name-extension buffer-file-name)))
         (coding-system-for-write buffer-file-coding-system)
         (text (buffer-string)))
    (write-region nil nil (expand-file-name file (expand-file-name "steps" work)) nil 'silent)
    (push (list what file text shown) remembered)))

(defun check-remembered ()
  (let* ((default-directory (expand-file-name "steps/" work))
         (findings (findings (with-temp-buffer
                               (let ((coding-system-for-read 'utf-8))
                                 (call-process "spawnproof" nil '(t nil) nil
                                               "check" "--exit-zero" "--format" "json"))
                               (buffer-string)))))
    (pcase-dolist (`(,what ,file ,text ,shown) remembered)
      (with-temp-buffer
        (insert text)
        (must-equal (format "Shown after: %s" what) shown (expected findings file))))
    (when (< (length (delete-dups (mapcar #'cl-fourth remembered))) 5)
      (error "The steps all look alike"))))

(defconst typed
  '("C-o # SPC 😀 é"
    "M-> RET d e f SPC m o r e ( n u m b e r s ) : RET w i t h SPC P o o l ( 2 ) SPC a s SPC p o o l : RET"
    "r e t u r n SPC \" 😀 \" , SPC p o o l . m a p ( l a m b d a SPC n : SPC \" é 😀 \" , SPC n u m b e r s )"
    "M-< C-s l a m b d a RET SPC m , C-b C-b C-b DEL"
    "é"
    "C-/"
    "C-a C-SPC C-n C-w"
    "C-y C-y"
    "M-> SPC SPC # SPC 😀"
    "C-x h C-w"
    "C-y")
  "Keys that the tests type, each a step.")

;; The tests.
(defvar tests nil)

(defmacro deftry (name &rest body)
  (declare (indent 1))
  `(push (cons ,name (lambda () ,@body)) tests))

(defun try-hovers ()
  "Try what is explained beside findings."
  (deftry "what a library call does"
    (open "hover.py")
    (must-have (hover "Process(") "pickled when a process starts"))

  (deftry "and what an error text in a comment means"
    (must-have (hover "Can't pickle") "nested-function-crosses-process")))

(defun try-fixes ()
  "Try each kind of fix against what the command line makes of the file."
  (deftry "a fix gives the text that the command line gives"
    (open "inline_function_dont.py")
    (go-to "lambda")
    (must-equal "Text" (act "Make it a function at module level") (file-text "fixed/inline_function_dont.py"))
    (must-equal "Shown" (shown) nil))

  (deftry "so does an unsafe one"
    (open "start_dont.py")
    (go-to "dep:")
    (must-equal "Text" (act "Move the start under a main guard") (file-text "fixed-all/start_dont.py")))

  (deftry "so does one in a shell script, which a project of Python has, too"
    (open "start.sh")
    (must-equal "Mode" major-mode 'sh-mode)
    (go-to "spwan")
    (must-equal "Text" (act "Write `spawn`") (file-text "fixed-all/start.sh"))
    (must-equal "Shown" (shown) nil))

  (deftry "so does one in Java"
    (open "Job.java")
    (must-equal "Mode" major-mode 'java-mode)
    (go-to "shadowed")
    (must-equal "Text" (act "Remove the suppression") (file-text "fixed/Job.java"))
    (must-equal "Shown" (shown) nil))

  (deftry "so do all safe ones, behind CRLF, emoji and tabs too"
    (dolist (file '("crlf.py" "several.py"))
      (open file)
      (must-equal file (act "Apply all safe fixes of Spawnproof" "source.fixAll.spawnproof")
                  (file-text (concat "fixed/" file))))))

(defun try-typing ()
  "Try whether diagnostics keep up with what is typed."
  (deftry "diagnostics follow what is typed"
    (dolist (file '("typed.py" "typed_crlf.py"))
      (open file)
      (setq-local indent-tabs-mode nil)
      (goto-char (point-min))
      (dolist (keys typed)
        (execute-kbd-macro (kbd keys))
        (settle)
        (remember keys (shown)))
      (saved-text)))

  (deftry "what was shown after each edit is what the command line says"
    (check-remembered)))

(defun run-tests ()
  (pcase-dolist (`(,name . ,body) (reverse tests))
    (condition-case problem
        (funcall body)
      (error
       (princ (format "FAILED: %s\n%s\n" name (error-message-string problem)))
       (kill-emacs 1)))
    (princ (format "passed: %s\n" name)))
  (kill-emacs 0))

(defun ended ()
  "Wait until the server's process has ended; it must have done so in peace."
  (await "the end of the process" (file-exists-p (expand-file-name "ended" work)))
  (must-equal "Exit status" (await "the exit status" (let ((text (file-text "ended"))) (and (/= 0 (length text)) text)))
              "0\n")
  (must-equal "Standard error" (file-text "stderr") ""))

(provide 'common)
;;; common.el ends here
